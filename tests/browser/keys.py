"""Walks a page with the Tab key alone and says what it could not reach or see."""

from playwright.sync_api import Page

# Everything that a mouse can use. The keyboard stops at one of a group of radio buttons, and several times in a field
# of a date or a time.
MARK = """() => {
  const usable = 'a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex="0"]';
  const shown = [...document.querySelectorAll(usable)].filter(
    (each) => !each.disabled && each.tabIndex >= 0 && each.checkVisibility({ visibilityProperty: true }));
  const groups = new Set();
  for (const each of shown) {
    const group = each.type === "radio" ? `${each.form && each.form.action} ${each.name}` : "";
    if (group && groups.has(group)) continue;
    groups.add(group);
    each.dataset.unreached = group || "yes";
  }
  document.activeElement.blur();
  window.scrollTo(0, 0);
}"""
STEP = """() => {
  const at = document.activeElement;
  if (at === document.body || (at.dataset.stopped && at.dataset.stopped !== "last")) return null;
  document.querySelectorAll('[data-stopped="last"]').forEach((each) => (each.dataset.stopped = "before"));
  at.dataset.stopped = "last";
  const group = at.type === "radio" ? `${at.form && at.form.action} ${at.name}` : "";
  for (const each of document.querySelectorAll("[data-unreached]"))
    if (each === at || (group && each.dataset.unreached === group)) delete each.dataset.unreached;
  const style = getComputedStyle(at), box = at.getBoundingClientRect();
  return {
    words: (at.labels && at.labels.length ? at.labels[0] : at).textContent.replace(/\\s+/g, " ").trim().slice(0, 60),
    outline: at.tagName === "IFRAME" ? 2 : style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    inSight: box.bottom > 0 && box.top < innerHeight,
  };
}"""
LEFT = """() => [...document.querySelectorAll("[data-unreached]")].map(
  (each) => `not reached: ${each.outerHTML.slice(0, 120)}`)"""
MOST_STOPS = 400


def unreached(page: Page) -> list[str]:
    """Press Tab from the top of the page to its end; return what it never reached or could not be seen at."""
    page.evaluate(MARK)
    faults = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        at = page.evaluate(STEP)
        if at is None:
            break
        if at["outline"] < 2 or not at["inSight"]:
            faults.append(f"not to be seen: {at}")
    return faults + page.evaluate(LEFT)

// Every page works without this. Words come from data- attributes.
(() => {
  "use strict";
  const WAIT = 3000, RETRY = 15000, MINUTE = 60000;
  const words = (form) => new URLSearchParams(new FormData(form)).toString();
  // Without the version, which saving changes.
  const typed = (form) => words(form).replace(/(^|&)version=[^&]*/, "");
  const leaving = new WeakSet();

  // Saves some seconds after the last key; a submit waits for a save under way.
  function autosave(form, kept) {
    const status = form.querySelector("[data-autosave-status]");
    let timer = 0, busy = false, stopped = false, waiting = null;
    const say = (text, failed) => {
      status.textContent = text;
      status.classList.toggle("failed", Boolean(failed));
    };
    const later = (pause) => {
      clearTimeout(timer);
      timer = setTimeout(save, pause);
    };
    const stop = (text) => {
      stopped = true;
      say(text, true);
    };
    const heard = async (answer, sent) => {
      const said = form.dataset;
      if (answer.status === 409) return stop(said.wordsConflict);
      if (answer.status === 410) return stop(said.wordsClosed);
      if (answer.status === 422) return say(said.wordsIncomplete);
      if (answer.status >= 500 || answer.status === 429) throw new Error("try again");
      if (!answer.ok || answer.redirected) return stop(said.wordsRefused);
      const { version, saved_at_text: time } = await answer.json();
      if (form.elements.version) form.elements.version.value = version;
      kept.set(form, sent);
      say(said.wordsSaved.replace("{time}", time));
      history.replaceState(null, "", form.action.split("?")[0]);
    };
    async function save() {
      clearTimeout(timer);
      const sent = typed(form);
      if (busy || stopped || leaving.has(form) || sent === kept.get(form)) return;
      busy = true;
      say(form.dataset.wordsSaving);
      try {
        const body = words(form);
        await heard(await fetch(form.action, {
          method: "POST", body, keepalive: body.length < 60000,
          headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
        }), sent);
      } catch (error) {
        if (error instanceof SyntaxError) stop(form.dataset.wordsRefused);
        else {
          say(form.dataset.wordsOffline, true);
          later(RETRY);
        }
      }
      busy = false;
      if (waiting) form.requestSubmit(waiting.button);
      else if (!stopped && typed(form) !== sent) later(WAIT);
    }
    form.addEventListener("input", () => later(WAIT));
    form.addEventListener("focusout", (event) => event.relatedTarget?.type !== "submit" && save());
    addEventListener("online", save);
    document.addEventListener("visibilitychange", () => document.hidden && save());
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      if (!busy) return;
      event.preventDefault();
      waiting = { button: event.submitter };
    });
  }

  // A second press sends nothing; lifted later, for an answer that is a file.
  function sendOnce(event) {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (leaving.has(form)) return event.preventDefault();
    leaving.add(form);
    event.submitter?.setAttribute("aria-disabled", "true");
    setTimeout(() => release(form), 8000);
  }
  function release(form) {
    leaving.delete(form);
    form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  }

  // Counts to the close from the moment that the server told.
  function countdown(time) {
    const loaded = Date.now();
    const whole = Date.parse(time.dataset.closes) - Date.parse(time.dataset.now);
    const tick = () => {
      const left = whole - (Date.now() - loaded);
      const minutes = Math.floor(left / MINUTE);
      const text = left <= 0 ? time.dataset.over : minutes < 1 ? time.dataset.soon : time.dataset.left;
      time.textContent = text.replace("{hours}", Math.floor(minutes / 60)).replace("{minutes}", minutes % 60);
      if (left > 0) setTimeout(tick, 1000);
    };
    tick();
  }

  // Sends a file with its progress; the answer says where to go, or what is wrong with the file.
  function upload(form) {
    const status = form.querySelector("[data-upload-status]");
    const box = form.querySelector(".upload-progress"), bar = box.querySelector("progress");
    const button = form.querySelector("button[type=submit]");
    const failed = (words) => {
      box.hidden = true;
      button.disabled = false;
      status.textContent = words;
      status.classList.add("failed");
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const sending = new XMLHttpRequest();
      sending.upload.onprogress = ({ loaded, total }) => {
        bar.value = Math.floor((100 * loaded) / total);
        status.textContent = loaded < total ? form.dataset.wordsSending.replace("{percent}", bar.value) : form.dataset.wordsReading;
      };
      sending.onload = () => {
        let said = {};
        try { said = JSON.parse(sending.response); } catch { /* no answer of ours */ }
        if (said.address) location.assign(said.address);
        else failed(said.what || form.dataset.wordsBroken);
      };
      sending.onerror = () => failed(form.dataset.wordsBroken);
      sending.open("POST", form.action);
      sending.setRequestHeader("Accept", "application/json");
      sending.send(new FormData(form));
      status.classList.remove("failed");
      box.hidden = false;
      button.disabled = true;
    });
  }

  // A table worked by keys: arrows go from row to row, a key presses the button that names it.
  function keys(table) {
    const rows = [...table.querySelectorAll("[data-row]")];
    const go = (row) => {
      row?.focus({ preventScroll: true });
      row?.scrollIntoView({ block: "nearest" });
    };
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, textarea, select")) return;
      const row = event.target.closest?.("[data-row]");
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const button = row?.querySelector(`[data-key="${CSS.escape(event.key)}"]`)
        ?? document.querySelector(`[data-global-key="${CSS.escape(event.key)}"]`);
      if (!button && !(step && row)) return;
      event.preventDefault();
      if (button) button.click();
      else go(rows[rows.indexOf(row) + step]);
    });
    rows.forEach((row) => (row.tabIndex = 0));
    const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (wanted?.matches("[data-row]")) go(wanted);
  }

  // Enter puts the mark where the cursor stands and presses the button.
  function splitting(text) {
    text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      text.setRangeText(text.dataset.split, text.selectionStart, text.selectionStart, "end");
      text.form.querySelector("button[value=split]").click();
    });
  }

  const kept = new Map();
  document.querySelectorAll("form[data-warn], form[data-autosave]").forEach((form) =>
    kept.set(form, form.querySelector(".has-error") ? "" : typed(form)));
  document.querySelectorAll("form[data-autosave]").forEach((form) => autosave(form, kept));
  document.querySelectorAll("time[data-closes]").forEach(countdown);
  document.querySelectorAll("form[data-upload]").forEach(upload);
  document.querySelectorAll("[data-rows]").forEach(keys);
  document.querySelectorAll("textarea[data-split]").forEach(splitting);
  document.addEventListener("submit", sendOnce);
  addEventListener("pageshow", (event) => event.persisted && document.querySelectorAll("form").forEach(release));
  addEventListener("beforeunload", (event) => {
    const unsaved = (form) => form.matches("[data-warn]") && !leaving.has(form) && typed(form) !== kept.get(form);
    if ([...kept.keys()].some(unsaved)) event.preventDefault();
  });
  // A place of a long draft that stands in another part is looked up by the server.
  const places = document.querySelector("[data-places]");
  const seek = () => {
    const anchor = location.hash.slice(1);
    if (places && anchor && !document.getElementById(decodeURIComponent(anchor)))
      location.replace(places.dataset.places + anchor);
  };
  addEventListener("hashchange", seek);
  document.querySelectorAll(".contents-folded a").forEach((link) =>
    link.addEventListener("click", () => link.closest("details").removeAttribute("open")));
  seek();
})();

"""Collects the texts of the pages into the Vietnamese catalogue and compiles it: ``python -m tests.catalogue``.

It knows where texts stand and how they are marked; the messages of WTForms, which has no Vietnamese, are among them.
Translating is done by a person, in the .po file; a text that is no longer used leaves the catalogue. Exit status 1 when
a translation is missing.
"""

import sys
from pathlib import Path

import wtforms
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "consult/web/translations/vi/LC_MESSAGES/messages.po"
MO = PO.with_suffix(".mo")

SOURCES = {
    ROOT / "consult": [("**.py", "python")],
    ROOT / "templates": [("**.html", "jinja2"), ("**.txt", "jinja2")],
    Path(wtforms.__file__).parent: [("validators.py", "python"), ("fields/**.py", "python")],
}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "sentence": None,
}


def collect() -> Catalog:
    """Return every text that is marked for translation on the pages, without translations."""
    catalogue = Catalog(project="Consult", charset="utf-8")
    for folder, methods in SOURCES.items():
        found = extract_from_dir(folder, methods, keywords=KEYWORDS, comment_tags=("Translators:",))
        for path, _line, message, comments, context in sorted(found, key=lambda entry: entry[:2]):
            catalogue.add(message, locations=[(f"{folder.name}/{path}", None)], auto_comments=comments, context=context)
    return catalogue


def stored() -> Catalog:
    """Return the Vietnamese catalogue as the .po file has it."""
    with PO.open("rb") as file:
        return read_po(file, locale="vi")


def compiled() -> Catalog:
    """Return the Vietnamese catalogue as the .mo file has it."""
    with MO.open("rb") as file:
        return read_mo(file)


def write(catalogue: Catalog) -> None:
    """Write both files; the same catalogue gives the same bytes."""
    with PO.open("wb") as file:
        write_po(file, catalogue, width=120, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    with MO.open("wb") as file:
        write_mo(file, catalogue)


def forms(message: Message) -> tuple[str | None, ...]:
    """Return the translations of a text: one, or one for each plural form of the language."""
    return tuple(message.string) if isinstance(message.string, list | tuple) else (message.string,)


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the texts without a Vietnamese form, or with one that nobody has confirmed."""
    return [str(message.id) for message in catalogue if message.id and (message.fuzzy or not all(forms(message)))]


def main() -> int:
    """Bring the catalogue in step with the pages and say what is still to be translated."""
    catalogue = stored()
    dated = catalogue.creation_date
    catalogue.update(collect(), no_fuzzy_matching=True)
    catalogue.creation_date = dated
    write(catalogue)
    missing = untranslated(catalogue)
    for text in missing:
        print(f"no Vietnamese translation: {text}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())

"""Every text of the pages has its Vietnamese form, and the compiled catalogue is the one that people read."""

import re

from babel.messages.catalog import Catalog

from tests import catalogue

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def texts(found: Catalog) -> dict[object, tuple[str | None, ...]]:
    """Text, or pair of singular and plural → its forms; a .po file and a .mo file give the pair in different types."""
    named = {tuple(message.id) if isinstance(message.id, list) else message.id: message for message in found}
    return {name: catalogue.forms(message) for name, message in named.items() if name}


def test_every_text_stands_in_the_catalogue_and_no_other() -> None:
    used = {message.id for message in catalogue.collect() if message.id}

    assert used, "the extraction found nothing"
    assert set(texts(catalogue.stored())) == used, "run: make translations"


def test_every_text_has_a_confirmed_vietnamese_form() -> None:
    assert catalogue.untranslated(catalogue.stored()) == []


def test_an_untranslated_and_an_unconfirmed_text_are_found() -> None:
    vietnamese = Catalog(locale="vi")
    vietnamese.add("done", "xong")
    vietnamese.add("missing")
    vietnamese.add("doubtful", "ngờ", flags=("fuzzy",))

    assert catalogue.untranslated(vietnamese) == ["missing", "doubtful"]


def test_placeholders_are_kept() -> None:
    for source, translated in texts(catalogue.stored()).items():
        plural = source[-1] if isinstance(source, tuple) else str(source)
        for form in translated:
            assert set(PLACEHOLDER.findall(form or "")) == set(PLACEHOLDER.findall(plural)), source


def test_the_compiled_catalogue_is_in_step() -> None:
    assert texts(catalogue.compiled()) == texts(catalogue.stored())

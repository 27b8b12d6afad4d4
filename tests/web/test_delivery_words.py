"""Pages say of a letter that did not arrive what the letter to officials says."""

import pytest

from consult.domain.mail_trouble import trouble_of
from consult.web.delivery_words import delivery_words
from tests.web.test_words import reading

FAULTS = (
    "not an e-mail address",
    "SSLError: CERTIFICATE_VERIFY_FAILED",
    "552 5.2.2",
    "550 5.1.1",
    "550 5.4.4",
    "550 5.7.1",
    "552 5.3.4",
    "450",
    "550",
    "TimeoutError: timed out",
    "KeyError",
)


@pytest.mark.parametrize("fault", FAULTS)
def test_the_page_in_vietnamese_says_the_sentence_of_the_letter(fault: str) -> None:
    with reading("vi"):
        assert delivery_words(fault) == trouble_of(fault).value


def test_the_sentences_are_told_apart_in_both_languages() -> None:
    for language in ("vi", "en"):
        with reading(language):
            assert len({delivery_words(fault) for fault in FAULTS}) == 11

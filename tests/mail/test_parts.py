"""A subject is one line of at most 200 characters."""

from hypothesis import given
from hypothesis import strategies as st

from consult.mail.parts import subject_line


def test_a_long_subject_is_cut_at_the_end_of_a_word() -> None:
    assert subject_line("chữ " * 60) == " ".join(["chữ"] * 49) + "…"
    assert subject_line("a" * 300) == "a" * 199 + "…"
    assert subject_line("Đề nghị\r\ngóp ý") == "Đề nghị góp ý"


@given(st.text(max_size=400))
def test_a_subject_is_always_one_short_line(text: str) -> None:
    line = subject_line(text)
    assert len(line) <= 200
    assert len(line.splitlines()) <= 1

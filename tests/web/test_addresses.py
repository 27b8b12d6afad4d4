"""Wherever an e-mail address is typed: spaces around it are cut off, what is none is refused in one sentence."""

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from consult.web.directory_forms import AgencyForm
from consult.web.form_fields import PageForm
from consult.web.forms import PersonForm, SignInForm
from consult.web.making_forms import ConsultationForm
from consult.web.official_forms import InviteForm
from consult.web.outbox import AgainForm
from tests.web.cast import Cast, Role

SENTENCE = (
    "Đây không phải là địa chỉ thư điện tử; đề nghị ghi một địa chỉ, không có khoảng trắng, như vanthu@coquan.example."
)
FORMS = {AgencyForm: "email", PersonForm: "email", SignInForm: "email", ConsultationForm: "contact_email"}
FORMS |= {InviteForm: "email", AgainForm: "email"}
NONE = (
    "van thu@coquan.example",
    "vanthu@ coquan.example",
    "vanthu@coquan.example, khac@coquan.example",
    "Văn thư <vanthu@coquan.example>",
    "vănthư@coquan.example",
    "vanthu@coquan",
    "vanthu",
    "@",
)


def faults(app: Flask, form: type[PageForm], typed: str) -> tuple[str, list[str]]:
    """Return what a form makes of an address, and what it says about it."""
    with app.test_request_context(method="POST", data={FORMS[form]: typed}):
        filled = form()
        filled.validate()
        field = filled[FORMS[form]]
        return field.data, [str(error) for error in field.errors]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_every_form_says_the_same(cast: Cast, form: type[PageForm]) -> None:
    for typed in NONE:
        assert faults(cast.app, form, typed) == (typed, [SENTENCE])
    for around in ("{}", "  {} ", "\t{}\n", "\u00a0{}\u00a0"):
        assert faults(cast.app, form, around.format("vanthu@coquan.example")) == ("vanthu@coquan.example", [])


@pytest.mark.parametrize(
    "post",
    [
        lambda cast, typed: cast.client(Role.ADMINISTRATOR).post(
            "/danh-ba/co-quan/moi", {"name": "Sở", "email": typed}
        ),
        lambda cast, typed: cast.client(Role.ADMINISTRATOR).post("/chuyen-vien", {"email": typed}),
        lambda cast, typed: cast.client(Role.VISITOR).post("/dang-nhap", {"email": typed}),
        lambda cast, typed: cast.client(Role.SILENT).post(f"{cast.page(Role.SILENT)}/nguoi-gop-y", {"email": typed}),
    ],
    ids=["directory", "officials", "sign in", "person"],
)
def test_what_was_typed_comes_back_beside_the_sentence(cast: Cast, post: Callable[[Cast, str], TestResponse]) -> None:
    answer = post(cast, " van thu@coquan.example ")
    assert answer.status_code in (400, 422)
    assert 'value="van thu@coquan.example"' in answer.text
    assert SENTENCE in answer.text

"""Naming one office out of hundreds."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from shonglap.web.planning.office_field import OfficeField, like
from tests.factories import make_office, make_posting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _offices() -> None:
    name = {"name_bn": "জেলা প্রশাসকের কার্যালয়", "name_en": "Deputy Commissioner's Office"}
    make_office(code="dc-rangpur", place_bn="রংপুর", place_en="Rangpur", **name)
    make_office(code="dc-dhaka", place_bn="ঢাকা", place_en="Dhaka", **name)
    make_office(code="police", name_bn="বাংলাদেশ পুলিশ", name_en="Bangladesh Police")
    make_office(code="closed", name_bn="বন্ধ দপ্তর", name_en="Closed office", active=False)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("dc-rangpur", "dc-rangpur"),
        ("DC-Rangpur ", "dc-rangpur"),
        ("Deputy Commissioner's Office (dc-dhaka)", "dc-dhaka"),
        ("deputy rangpur", "dc-rangpur"),
        ("প্রশাসকের রংপুর", "dc-rangpur"),
        ("bangladesh police", "police"),
        ("বাংলাদেশ পুলিশ", "police"),
    ],
)
def test_what_fits_one_office_is_that_office(typed: str, code: str) -> None:
    assert OfficeField().clean(typed).code == code


def test_what_fits_several_names_them() -> None:
    with translation.override("en"), pytest.raises(ValidationError) as told:
        OfficeField().clean("Deputy Commissioner's Office")
    assert "(dc-rangpur)" in str(told.value)
    assert "(dc-dhaka)" in str(told.value)


@pytest.mark.parametrize("typed", ["closed", "no such", "Closed office (closed)"])
def test_what_fits_no_working_office_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        OfficeField().clean(typed)


def test_nothing_typed_is_nothing_where_that_may_be() -> None:
    assert OfficeField(required=False).clean("") is None


def test_only_so_many_are_suggested() -> None:
    for _number in range(25):
        make_office(name_en="Many of a name")
    assert len(like("many")) == 20


def test_suggestions_come_while_typing(client: Client) -> None:
    client.force_login(make_posting().person)
    answer = client.get("/en/plan/offices.json", {"typed": "rangp"})
    assert answer.json() == {"offices": ["Deputy Commissioner's Office (dc-rangpur)"]}
    assert client.get("/en/plan/offices.json").json() == {"offices": []}

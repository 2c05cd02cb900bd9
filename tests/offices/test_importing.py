"""Offices from CSV: all or none, every fault by line and column."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from shonglap.base.errors import NotAllowed
from shonglap.offices.actions import import_offices
from shonglap.offices.models import Office
from tests.factories import make_admin, make_person

pytestmark = pytest.mark.django_db

HEAD = "code,parent,kind,name_bn,name_en,place_bn,place_en"
GOOD = ["dept,top,department,অধিদপ্তর,Department,ঢাকা,Dhaka", "top,,ministry,মন্ত্রণালয়,Ministry,ঢাকা,Dhaka"]


def test_a_parent_may_stand_after_its_child() -> None:
    report = import_offices([HEAD, *GOOD], by=None)
    assert (report.errors, report.created, report.updated) == ([], 2, 0)
    assert Office.objects.get(code="dept").parent == Office.objects.get(code="top")


def test_a_second_time_changes_only_what_differs() -> None:
    import_offices([HEAD, *GOOD], by=None)
    report = import_offices([HEAD, GOOD[0].replace("Department", "Directorate"), GOOD[1]], by=None)
    assert (report.created, report.updated) == (0, 1)
    assert Office.objects.get(code="dept").name_en == "Directorate"


def test_an_office_may_move_under_another() -> None:
    import_offices([HEAD, *GOOD, "other,,ministry,অন্য,Other,,"], by=None)
    import_offices([HEAD, GOOD[0].replace(",top,", ",other,")], by=None)
    assert Office.objects.get(code="dept").parent == Office.objects.get(code="other")


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("bad code,,ministry,ক,A,,", "code"),
        ("top,,ministry,ক,A,,", "code"),
        ("new,,palace,ক,A,,", "kind"),
        ("new,,ministry,,A,,", "name_bn"),
        ("new,,ministry,ক,,,", "name_en"),
        ("new,nowhere,ministry,ক,A,,", "parent"),
        ("new,new,ministry,ক,A,,", "parent"),
        (f"new,,ministry,ক,{'A' * 161},,", "name_en"),
        ("new,,ministry,ক", ""),
        ("new,,ministry,ক,A,,,,,", ""),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_imported(line: str, column: str) -> None:
    report = import_offices([HEAD, *GOOD, line], by=None)
    assert [(number, name) for number, name, _reason in report.errors] == [(4, column)]
    assert not Office.objects.exists()


def test_a_circle_over_two_lines_is_found() -> None:
    report = import_offices([HEAD, "a,b,ministry,ক,A,,", "b,a,ministry,খ,B,,"], by=None)
    assert [number for number, _column, _reason in report.errors] == [2, 3]


def test_wrong_columns_are_named() -> None:
    report = import_offices(["code,parent,kind,name_bn,colour"], by=None)
    assert [(line, column) for line, column, _reason in report.errors] == [(1, "name_en"), (1, "colour")]


def test_only_administrators_import() -> None:
    with pytest.raises(NotAllowed):
        import_offices([HEAD, *GOOD], by=make_person())
    assert import_offices([HEAD, *GOOD], by=make_admin()).created == 2


def test_the_shipped_offices_are_whole_and_load_twice(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_offices")
    call_command("load_offices")
    assert "0 offices made, 0 brought up to date" in capsys.readouterr().out
    assert Office.objects.filter(kind="division").count() == 8
    assert Office.objects.filter(kind="district").count() == 64
    assert not Office.objects.filter(name_bn="").exists()


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "offices.csv"
    file.write_text("\n".join([HEAD, "new,nowhere,ministry,ক,A,,"]), encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("import_offices", str(file))
    assert "line 2, column parent" in capsys.readouterr().err
    file.write_bytes(HEAD.encode() + b"\n\xff\xfe")
    with pytest.raises(CommandError, match="line 2"):
        call_command("import_offices", str(file))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_offices", str(file) + "x")


def test_a_line_that_cannot_be_read_is_named() -> None:
    report = import_offices([HEAD, f"new,,ministry,ক,{'A' * 200_000},,"], by=None)
    assert [(line, column) for line, column, _reason in report.errors] == [(2, "")]


def test_the_command_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "offices.csv"
    file.write_text("\ufeff" + "\r\n".join([HEAD, *GOOD]), encoding="utf-8")
    call_command("import_offices", str(file))
    assert "2 offices made, 0 brought up to date" in capsys.readouterr().out

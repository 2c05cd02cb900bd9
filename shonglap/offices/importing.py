"""Reading offices from CSV: every fault is named by line and column, and nothing is half imported."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.models import Person
from shonglap.base.errors import NotAllowed
from shonglap.base.text import tidy, too_long
from shonglap.offices import rules
from shonglap.offices.models import Kind, Office
from shonglap.record.write import write

NEEDED = ("code", "parent", "kind", "name_bn", "name_en")
ALSO = ("place_bn", "place_en")
LIMITS = {"code": 60, "name_bn": 160, "name_en": 160, "place_bn": 80, "place_en": 80}

Row = dict[str, str]
Fault = tuple[int, str, str | Promise]


@dataclass
class ImportReport:
    """`errors` holds (line, column, reason); where there are any, nothing was changed."""

    errors: list[Fault] = field(default_factory=list)
    created: int = 0
    updated: int = 0


def import_offices(lines: Iterable[str], *, by: Person | None) -> ImportReport:
    """Make or bring up to date every office of the file, by `code`; parents may stand after their children.

    `by` is None for data that we ship. Columns: code, parent (a code, or empty), kind, name_bn, name_en and,
    if wished, place_bn, place_en. One transaction.
    """
    if by is not None and not rules.can_change_offices(by):
        raise NotAllowed
    report = ImportReport()
    rows = read(lines, report)
    if not report.errors:
        check_tree(rows, report)
    if not report.errors:
        with transaction.atomic():
            store(rows, report)
            write(
                "offices.import_offices", "offices", actor=by.public_id if by else "", public=False,
                created=report.created, updated=report.updated,
            )  # fmt: skip
    return report


def read(lines: Iterable[str], report: ImportReport) -> dict[int, Row]:
    """The rows by line number, as far as the file can be read at all."""
    reader = csv.DictReader(lines)
    try:
        return rows_of(reader, report)
    except csv.Error as error:
        report.errors.append(
            (reader.line_num + 1, "", _("This line cannot be read: %(why)s.") % {"why": error})
        )
        return {}


def rows_of(reader: "csv.DictReader[str]", report: ImportReport) -> dict[int, Row]:
    """The rows by line number, as far as each makes sense by itself."""
    columns = [name.strip().lstrip("\ufeff") for name in reader.fieldnames or []]
    reader.fieldnames = columns
    missing = [name for name in NEEDED if name not in columns]
    unknown = [name for name in columns if name not in NEEDED + ALSO]
    report.errors += [(1, name, _("This column is missing.")) for name in missing]
    report.errors += [(1, name, _("This column is not known.")) for name in unknown]
    if report.errors:
        return {}
    rows: dict[int, Row] = {}
    seen: dict[str, int] = {}
    for raw in reader:
        line = reader.line_num
        if None in raw or None in raw.values():
            words = _("This line has another number of columns than the first.")
            report.errors.append((line, "", words))
            continue
        row = {name: tidy(value) for name, value in raw.items()}
        report.errors += faults(line, row, seen)
        rows[line] = row
    return rows


def faults(line: int, row: Row, seen: dict[str, int]) -> list[Fault]:
    found: list[Fault] = []
    code = row["code"]
    try:
        validate_slug(code)
    except ValidationError:
        found.append((line, "code", _("A code is made of letters a to z, digits and hyphens.")))
    if code in seen:
        words = _("This code stands in line %(line)s already.") % {"line": seen[code]}
        found.append((line, "code", words))
    seen.setdefault(code, line)
    if row["kind"] not in Kind.values:
        words = _("This kind is not known. Known ones: %(kinds)s.") % {"kinds": ", ".join(Kind.values)}
        found.append((line, "kind", words))
    found += [(line, name, _("Fill this in.")) for name in ("name_bn", "name_en") if not row[name]]
    for name, limit in LIMITS.items():
        if too_long(row.get(name, ""), limit):
            words = _("This is too long: %(limit)s signs at most.") % {"limit": limit}
            found.append((line, name, words))
    return found


def check_tree(rows: dict[int, Row], report: ImportReport) -> None:
    """Every parent is known, and nobody stands above himself."""
    above: dict[str, str] = dict(Office.objects.values_list("code", "parent__code"))
    above = {code: parent or "" for code, parent in above.items()}
    above |= {row["code"]: row["parent"] for row in rows.values()}
    for line, row in rows.items():
        if row["parent"] and row["parent"] not in above:
            report.errors.append((line, "parent", _("There is no office with this code.")))
        elif in_circle(row["code"], above):
            report.errors.append((line, "parent", _("The office would stand above itself.")))


def in_circle(code: str, above: dict[str, str]) -> bool:
    passed: set[str] = set()
    while code:
        if code in passed:
            return True
        passed.add(code)
        code = above.get(code, "")
    return False


def store(rows: dict[int, Row], report: ImportReport) -> None:
    """First the offices, then who stands above whom, so that the order of the lines does not matter."""
    offices: dict[str, Office] = {office.code: office for office in Office.objects.select_related("parent")}
    for row in rows.values():
        facts = {name: row.get(name, "") for name in (*NEEDED, *ALSO) if name not in ("code", "parent")}
        office = offices.get(row["code"])
        if office is None:
            offices[row["code"]] = Office.objects.create(code=row["code"], **facts)
            report.created += 1
        elif differs(office, row, facts):
            for name, value in facts.items():
                setattr(office, name, value)
            office.save()
            report.updated += 1
    for row in rows.values():
        office, parent = offices[row["code"]], offices.get(row["parent"])
        if office.parent_id != (parent.pk if parent else None):
            office.parent = parent
            office.save()


def differs(office: Office, row: Row, facts: dict[str, str]) -> bool:
    parent = office.parent.code if office.parent else ""
    return parent != row["parent"] or any(getattr(office, name) != value for name, value in facts.items())

"""`manage.py load_offices`: the offices that we ship, made or brought up to date."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shonglap.offices.actions import import_offices

FILE = Path(__file__).resolve().parents[2] / "data" / "bangladesh.csv"


class Command(BaseCommand):
    help = "Loads the divisions, districts and central offices of Bangladesh; again later changes nothing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        report = import_offices(FILE.read_text(encoding="utf-8").splitlines(), by=None)
        if report.errors:
            raise CommandError(f"the shipped data has faults: {report.errors}")
        self.stdout.write(f"{report.created} offices made, {report.updated} brought up to date")

"""`manage.py import_offices FILE`: offices from a CSV file, all or none."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shonglap.offices.actions import import_offices


class Command(BaseCommand):
    help = "Makes offices or brings them up to date from a CSV file; with any fault, nothing is changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            lines = options["file"].read_text(encoding="utf-8-sig").splitlines()
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            line = options["file"].read_bytes()[: error.start].count(b"\n") + 1
            raise CommandError(f"line {line}: this is not UTF-8. Save the file as UTF-8.") from error
        report = import_offices(lines, by=None)
        for line, column, reason in report.errors:
            self.stderr.write(f"line {line}, column {column or '-'}: {reason}")
        if report.errors:
            raise CommandError(f"{len(report.errors)} faults; nothing was imported.")
        self.stdout.write(f"{report.created} offices made, {report.updated} brought up to date")

"""The licences of everything that Shonglap runs on, and why each may be combined with AGPL-3.0-or-later.

python -m tools.licences write   brings the table in docs/decisions/0004-licences.md up to date
python -m tools.licences check   fails on a licence that nobody has judged, and on an old table
"""

import importlib.metadata
import json
import re
import sys
from collections.abc import Iterator

from tools.prepare.folders import ROOT

DOCUMENT = ROOT / "docs" / "decisions" / "0004-licences.md"
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"

# Judged: why code under this licence may be part of a work under AGPL-3.0-or-later.
PERMISSIVE = "asks for its notice only"
JUDGED = {
    "0BSD": "asks for nothing",
    "CC0-1.0": "asks for nothing",
    "MIT-0": "asks for nothing",
    "MIT": PERMISSIVE,
    "MIT-CMU": PERMISSIVE,
    "BSD-2-Clause": PERMISSIVE,
    "BSD-3-Clause": PERMISSIVE,
    "PSF-2.0": PERMISSIVE,
    "Zlib": PERMISSIVE,
    "CNRI-Python": "covers old parts of regex, whose newer versions offer Apache-2.0",
    "Apache-2.0": "its patent terms agree with version 3 of the GNU licences",
    "LGPL-3.0-only": "is version 3 of the GNU licences with permissions added",
    "MPL-2.0": "names the GNU licences as secondary licences",
    "LicenseRef-Repoze": "as the Zope licence 2.1, which the FSF lists as compatible",
}
# What packages call their licence when they do not say it as an SPDX expression.
CALLED = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "BSD-0-Clause": "0BSD",
    "MIT License": "MIT",
    "PSFL": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
# Read by a person in the package itself, because its data say it badly.
READ = {
    "colorama": "BSD-3-Clause",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "qrcode": "BSD-3-Clause",
    "supervisor": "LicenseRef-Repoze",
    "uvloop": "MIT OR Apache-2.0",
}


def python_packages() -> Iterator[tuple[str, str]]:
    for line in (ROOT / "requirements" / "runtime.txt").read_text().splitlines():
        match = re.match(r"([a-z0-9-]+)==", line)
        if match:
            yield match[1], READ.get(match[1]) or _of_python(match[1])


def _of_python(name: str) -> str:
    try:
        said = importlib.metadata.metadata(name)
        own = next((said[key] for key in ("License-Expression", "License") if key in said), "")
    except importlib.metadata.PackageNotFoundError:
        return "not installed here"
    classified = [entry.rpartition("::")[2].strip() for entry in said.get_all("Classifier") or []
                  if entry.startswith("License ::")]  # fmt: skip
    text = own if own and "\n" not in own else " AND ".join(classified)
    return CALLED.get(text, text) or "nothing said"


def node_packages() -> Iterator[tuple[str, str]]:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for path, said in packages.items():
        if path and not said.get("dev") and not said.get("optional"):
            licence = str(said.get("license") or "nothing said").strip("()")
            yield path.removeprefix("node_modules/"), CALLED.get(licence, licence)


def all_packages() -> list[tuple[str, str, str]]:
    rows = {("Python", *row) for row in python_packages()} | {("Node", *row) for row in node_packages()}
    return sorted(rows, key=lambda row: (row[0] != "Python", row[1]))


def is_judged(licence: str) -> bool:
    """All parts of an AND, at least one of an OR (which never mix here)."""
    if " OR " in licence:
        return any(part in JUDGED for part in licence.split(" OR "))
    return all(part in JUDGED for part in licence.split(" AND "))


def table() -> str:
    lines = ["| from | package | licence |", "| --- | --- | --- |"]
    lines += [f"| {where} | {name} | {licence} |" for where, name, licence in all_packages()]
    used = {part for _, _, licence in all_packages() for part in re.split(" AND | OR ", licence)}
    lines += ["", "| licence | why it fits |", "| --- | --- |"]
    lines += [f"| {licence} | {JUDGED[licence]} |" for licence in sorted(used & set(JUDGED))]
    return "\n".join(lines)


def check() -> int:
    unknown = [
        f"{name} ({where}): {licence}" for where, name, licence in all_packages() if not is_judged(licence)
    ]
    for line in unknown:
        print(f"Nobody has judged the licence of {line}")
    old = table() not in DOCUMENT.read_text()
    if old:
        print("The table of licences is old: python -m tools.licences write")
    return 1 if unknown or old else 0


def write() -> int:
    before, _, rest = DOCUMENT.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    DOCUMENT.write_text(f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}")
    return check()


if __name__ == "__main__":
    acts = {"check": check, "write": write}
    sys.exit(acts[sys.argv[1]]() if sys.argv[1:] and sys.argv[1] in acts else __doc__)

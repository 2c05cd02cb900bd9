"""Every kind of notice, and its words until an administrator writes better ones.

The words belong to the whole product and stand here together, so that one page can show and change them all.
`{name}` in a text is filled with the fact of that name.
"""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    code: str  # "commitment_late"
    label: str | Promise  # what a person chooses by
    title: str | Promise
    body: str | Promise
    urgent: bool = False  # goes out at once unless the person chose otherwise; others wait for the digest


KINDS: dict[str, Kind] = {}

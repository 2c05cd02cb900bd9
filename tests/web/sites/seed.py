"""`python -m tests.web.sites.seed`: a rehearsal with two sites, in the house's own database.

Prints one JSON object: addresses and identities, and a session key for host and officer.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shonglap.config.settings")
django.setup()


def main() -> None:
    from shonglap.demo.crowd import signed_in
    from shonglap.stage.actions import open_stage
    from tests import factories as make

    dialogue = make.make_dialogue(state="rehearsal", slug="rehearsed")
    site, other = (make.make_site(dialogue, place_en=place) for place in ("Rangpur", "Khulna"))
    officer, host = make.make_posting(office=site.office).person, make.make_host(dialogue)
    make.make_contribution(dialogue, text="When does it open?")
    open_stage(dialogue, by=host)
    found = {
        "slug": dialogue.slug,
        "site": site.public_id,
        "seat": f"site-{site.public_id}",
        "other": f"site-{other.public_id}",
        "host": signed_in(host),
        "officer": signed_in(officer),
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()

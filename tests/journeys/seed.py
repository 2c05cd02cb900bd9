"""`python -m tests.journeys.seed`: a dialogue in rehearsal and signed-in people, in the house's own database.

Prints one JSON object: the slug, the visitors' site, and a session key for each role.
"""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shonglap.config.settings")
django.setup()


def main() -> None:
    from shonglap.demo import cast, plot, staging
    from shonglap.demo.crowd import signed_in

    people = cast.gather()
    dialogue = staging.rehearse(people)
    site = dialogue.sites.get(office__code=plot.VISITORS.office)
    print(  # noqa: T201 - its caller reads it
        json.dumps(
            {
                "slug": dialogue.slug,
                "site": site.public_id,
                "seat": site.seat.identity,
                "sessions": {
                    "host": signed_in(people.host),
                    "officer": signed_in(people.officers[plot.VISITORS.district]),
                    "citizen": signed_in(people.citizens[0]),
                },
            }
        )
    )


if __name__ == "__main__":
    main()

"""The plan itself: what it is about, when, who hosts, who takes part; and, at the end, the summary."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from shonglap.accounts.models import Person
from shonglap.base import ids, typed
from shonglap.base.errors import NotAllowed, Refused
from shonglap.base.languages import both
from shonglap.dialogues import rules
from shonglap.dialogues.actions.desk import changed, locked_for, note
from shonglap.dialogues.models import Dialogue, Participation, TeamMember
from shonglap.dialogues.public import dialogue_face
from shonglap.offices.models import Office, Posting

LANGUAGES = ("bn", "en")


class Plan(TypedDict, total=False):
    """The facts of a plan that change together in one form. `languages` are spoken ones, "bn,en"."""

    topic_bn: str
    topic_en: str
    purposes_bn: str
    purposes_en: str
    host_office: Office
    chair: Posting | None
    languages: str
    starts_at: datetime


@transaction.atomic
def create_dialogue(*, by: Person, slug: str = "", **plan: Unpack[Plan]) -> Dialogue:
    """A new draft. Its maker becomes its first host. Needs a topic, a host office and a time."""
    if not rules.can_create(by):
        raise NotAllowed
    for field in ("host_office", "starts_at"):
        if not plan.get(field):
            raise Refused("missing", _("Fill this in."), field)
    fields = checked(plan)
    if not (fields.get("topic_bn") or fields.get("topic_en")):
        raise Refused("missing", _("Fill this in."), "topic_bn")
    dialogue = stored(free_slug(slug, fields), fields)
    TeamMember.objects.create(dialogue=dialogue, person=by, role=TeamMember.Role.HOST)
    note(dialogue, by=by, act="create_dialogue")
    return dialogue


@transaction.atomic
def change_plan(dialogue: Dialogue, *, by: Person, **plan: Unpack[Plan]) -> None:
    """Change some of the plan's facts; the others stay."""
    fresh = locked_for(dialogue, by=by, act=rules.Act.PLAN)
    fields = checked(plan)
    topics = {"topic_bn": fresh.topic_bn, "topic_en": fresh.topic_en} | fields
    if not (topics["topic_bn"] or topics["topic_en"]):
        raise Refused("missing", _("Fill this in."), "topic_bn")
    changed(dialogue, **fields)
    note(dialogue, by=by, act="change_plan", changed=sorted(fields), **dialogue_face(dialogue))


@transaction.atomic
def set_offices(dialogue: Dialogue, *, by: Person, offices: Iterable[Office]) -> None:
    """Exactly these take part, in this order."""
    fresh = locked_for(dialogue, by=by, act=rules.Act.PLAN)
    wanted = list(dict.fromkeys(offices))
    if not wanted and rules.allows(fresh, rules.Act.SEE):
        raise Refused("no_offices", _("Choose at least one participating office."), "offices")
    dialogue.participations.exclude(office__in=wanted).delete()
    for position, office in enumerate(wanted):
        Participation.objects.update_or_create(
            dialogue=dialogue, office=office, defaults={"position": position}
        )
    changed(dialogue)
    note(dialogue, by=by, act="set_offices", offices=[office.code for office in wanted])


@transaction.atomic
def write_summary(dialogue: Dialogue, *, by: Person, summary_bn: str, summary_en: str) -> None:
    """The host's words at the head of the report. Once published, each version stays in the record."""
    locked_for(dialogue, by=by, act=rules.Act.REPORT)
    summary_bn = typed.paragraphs(summary_bn, "summary_bn", 5000)
    summary_en = typed.paragraphs(summary_en, "summary_en", 5000)
    changed(dialogue, summary_bn=summary_bn, summary_en=summary_en)
    facts: dict[str, Any] = {"summary": both(dialogue, "summary")} if dialogue.published_at else {}
    note(dialogue, by=by, act="write_summary", **facts)


def checked(plan: Plan) -> dict[str, Any]:
    fields: dict[str, Any] = dict(plan)
    for field in ("topic_bn", "topic_en"):
        if field in fields:
            fields[field] = typed.line(fields[field], field, 200)
    for field in ("purposes_bn", "purposes_en"):
        if field in fields:
            fields[field] = typed.paragraphs(fields[field], field, 3000)
    if "languages" in fields:
        fields["languages"] = checked_languages(fields["languages"])
    return fields


def checked_languages(value: str) -> str:
    chosen = [part.strip() for part in value.split(",") if part.strip()]
    if not chosen or set(chosen) - set(LANGUAGES):
        raise Refused("unknown_language", _("Choose Bangla, English or both."), "languages")
    return ",".join(language for language in LANGUAGES if language in chosen)


def stored(slug: str, fields: dict[str, Any]) -> Dialogue:
    """The slug was free a moment ago; of two who found it so, the later one gets another."""
    try:
        with transaction.atomic():
            return Dialogue.objects.create(slug=slug, **fields)
    except IntegrityError:
        return Dialogue.objects.create(slug=f"{slug[:72]}-{ids.new_id(6)}", **fields)


def free_slug(wish: str, fields: dict[str, Any]) -> str:
    """The address of a dialogue: its English topic and day; a few random signs where that is taken."""
    day = timezone.localdate(fields["starts_at"]).isoformat()
    topic = slugify(fields.get("topic_en", ""))[:50].strip("-") or "dialogue"
    slug = slugify(wish)[:70] or f"{topic}-{day}"
    if Dialogue.objects.filter(slug=slug).exists():
        return f"{slug[:72]}-{ids.new_id(6)}"
    return slug

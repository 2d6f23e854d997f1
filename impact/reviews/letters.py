"""The letters of reviews: to those who decide, and to the champion what was decided, why, and what to do."""

from __future__ import annotations

from typing import Any

from impact.accounts.models import Person
from impact.actor import Actor, Role
from impact.mail import send
from impact.reviews.models import Review
from impact.reviews.queries import people_of_champion, staff_without_tie
from impact.reviews.subjects import kind_named


def _context(review: Review, thing: Any, reader: Person, **more: Any) -> dict[str, Any]:
    kind = kind_named(review.subject_kind)
    return {
        "name": reader.name,
        "champion": review.champion.name_in(reader.language),
        "slug": review.champion.slug,
        "title": kind.title(thing, reader.language),
        "review": review.public_id,
        "round": review.round,
        **more,
    }


def tell_reviewers(review: Review, thing: Any) -> None:
    """Something new waits on the desk."""
    for person in staff_without_tie(Role.REVIEWER, review.champion_id):
        context = _context(review, thing, person)
        send(person.email, person.language, "review_waiting", context, champion_id=review.champion_id)


def tell_approvers(review: Review, thing: Any, actor: Actor, reason: str) -> None:
    """Something waits for a second person, who is not the one who recommended it."""
    for person in staff_without_tie(Role.APPROVER, review.champion_id):
        if person.id != actor.person_id:
            context = _context(review, thing, person, reason=reason, by=actor.name)
            send(person.email, person.language, "review_recommended", context, champion_id=review.champion_id)


def tell_champion(review: Review, thing: Any, outcome: str, reason: str) -> None:
    """`outcome` is returned, declined, recommended, approved or sent_back: templates/emails/review_decided.txt."""
    remarks = len([remark for remark in review.remarks if remark.settled_at is None])
    for person in people_of_champion(review.champion_id):
        context = _context(review, thing, person, outcome=outcome, reason=reason, remarks=remarks)
        context["kind"] = review.subject_kind
        send(person.email, person.language, "review_decided", context, champion_id=review.champion_id)


def tell_person(review: Review, thing: Any, person: Person, template: str, actor: Actor, reason: str) -> None:
    """To a member of staff: their claim was taken over, or their recommendation was sent back."""
    context = _context(review, thing, person, reason=reason, by=actor.name)
    send(person.email, person.language, template, context, champion_id=review.champion_id)

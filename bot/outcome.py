"""What a parent is told at the end: utterances by name, chosen from the placement and what the answers say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.content import Content
from bot.content.questionnaire import Option
from bot.match import Circumstances, match
from bot.messages import Utterance
from bot.place import Placement, chosen
from bot.selfhelp import choose

PIECES_BY_STAGE = {1: 1, 2: 3}
MOST_OFFERS = 3
LAST_STAGE_FOR_SELF_HELP = 3


def outcome(
    content: Content,
    placement: Placement,
    answers: Mapping[str, str],
    *,
    also: Sequence[str] = (),
    area: str | None = None,
    today: date | None = None,
) -> tuple[Utterance, ...]:
    """The utterances of the outcome, in order; the last one closes the turn.

    also: options of questions that take several. area: the id of an area, or None where it is not known.
    From stage 4 on, and for every route of safety, nothing is offered beside the route itself.
    """
    family = circumstances(content, answers, also)
    first: Utterance = {"utter": f"outcome_{placement.route}", "parents": wording_for(answers)}
    if placement.route in ("universal", "self_help"):
        pieces = choose(
            tuple(content.self_help.values()),
            stage=placement.stage,
            situation=family.relationship,
            theme=theme(content, answers),
            ages=family.children_ages,
            role=family.role,
            count=PIECES_BY_STAGE[placement.stage],
        )
        return first, {"utter": "self_help_offer", "pieces": list(pieces)}
    if placement.route == "programme":
        offers = match(
            tuple(content.programmes.values()),
            stage=placement.stage,
            area=content.areas.get(area or ""),
            everywhere=False,
            circumstances=family,
            theme=theme(content, answers),
            today=today,
        )[:MOST_OFFERS]
        said: list[Utterance] = [
            {
                "utter": "offer_join_now" if offer.join_now else "offer_ask_hub",
                "course": offer.course,
                "why": list(offer.why),
            }
            for offer in offers
        ]
        return first, *(said or [{"utter": "no_offers"}]), _early_help(content, area)
    return (first,)


def pieces_to_read(content: Content, placement: Placement, answers: Mapping[str, str]) -> tuple[str, ...]:
    """All self-help pieces that fit, best first; none from stage 4 on. At stage 3 those for stage 2 do no harm."""
    if placement.stage > LAST_STAGE_FOR_SELF_HELP:
        return ()
    family = circumstances(content, answers)
    pieces = tuple(content.self_help.values())
    return choose(
        pieces,
        stage=min(placement.stage, 2),
        situation=family.relationship,
        theme=theme(content, answers),
        ages=family.children_ages,
        role=family.role,
        count=len(pieces),
    )


def wording_for(answers: Mapping[str, str]) -> str:
    """Which wording fits: `together` for parents who are a couple, else `apart`, which presumes nothing."""
    return "together" if answers.get("situation") in ("together", "expecting") else "apart"


def circumstances(content: Content, answers: Mapping[str, str], also: Sequence[str] = ()) -> Circumstances:
    """What the answers say of the family, for matching."""
    options = _options(content, answers, also)
    return Circumstances(
        relationship=next((option.situation for option in options if option.situation), None),
        children_ages=tuple(age for option in options for age in option.ages or ()),
        role=next((option.role for option in reversed(options) if option.role), None),
        needs=tuple(dict.fromkeys(option.need for option in options if option.need)),
    )


def theme(content: Content, answers: Mapping[str, str]) -> str | None:
    """What the parent said would help most, or None."""
    return next((option.theme for option in _options(content, answers) if option.theme), None)


def _options(content: Content, answers: Mapping[str, str], also: Sequence[str] = ()) -> list[Option]:
    several = [
        option
        for question in content.questions
        if question.many
        for option_id in also
        if (option := question.option(option_id)) is not None
    ]
    return [option for _, option in chosen(content.questions, answers)] + several


def _early_help(content: Content, area: str | None) -> Utterance:
    """The council's own early help where we know the area; else the question which area it is."""
    if area in content.areas:
        return {"utter": "area_known", "area": area}
    return {"utter": "area_elsewhere"} if area else {"utter": "area_menu"}

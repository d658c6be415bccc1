"""How well a course fits a family: the reasons that speak for it, in points, and the few that speak against.

made_for    16  exists for a need or role that the parent named (`only_for`)
need        12  made with that need or role in mind (`needs`)
role         8  a group for that role alone, such as fathers
situation    5  for parents apart alone, or for couples alone;  2 if it takes both
between      4  works on how the parents get on, which is what brought them here
theme        4  answers what the parent said would help
ages         3  for the children's ages in particular;  1 more if it fits every child
delivery     5  comes in the way the parent prefers;  -5 if it does not
cost         6  free, for a parent with little money;  -6 if it must be paid for
follows_on  -5  of use only beside or after another course
shaky       -4  we are not sure of what we know about it
ages_unsaid -3  for certain ages, and the parent did not say theirs
self_guided -3  nobody is there to help along
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bot.content.programmes import Ages, Course, Programme
from bot.content.shared import Role, Situation

APART = frozenset({"separated", "separating", "single_coparent"})
COUPLES = frozenset({"together", "expecting"})
BETWEEN_PARENTS = frozenset({"arguing_better", "co_parenting", "mediation", "relationship_skills"})
DELIVERY = {
    "prefers_online": ("online", frozenset({"online", "virtual", "app"})),
    "prefers_in_person": ("in_person", frozenset({"in_person"})),
}
# A span of ages wider than this is childhood as a whole, and says nothing of a family in particular.
NARROW_AGES = 12


@dataclass(frozen=True)
class Circumstances:
    """What a parent has said of the family. Whatever they left out is None or empty, and is not guessed."""

    relationship: Situation | None = None
    children_ages: tuple[int, ...] = ()
    role: Role | None = None
    needs: Collection[str] = ()

    @property
    def ages(self) -> frozenset[int]:
        """The ages of the children; a new baby counts as one of them, a baby on the way does not."""
        baby = "new_baby" in self.needs and self.relationship != "expecting"
        return frozenset(self.children_ages) | (frozenset({0}) if baby else frozenset())

    @property
    def asks_for(self) -> frozenset[str]:
        """Needs and role in one, as `needs` and `only_for` of a course name them."""
        languages = {"languages"} if any(need.startswith("language:") for need in self.needs) else set()
        return frozenset(self.needs) | languages | ({self.role} if self.role else frozenset())


def reasons(programme: Programme, course: Course, family: Circumstances, theme: str | None) -> list[tuple[int, str]]:
    """The table of points above, row by row: (points, id of the reason with its argument), the weightiest first."""
    found = [*_about_the_family(course, family), *_about_the_course(programme, course, family, theme)]
    return sorted(found, key=lambda reason: -reason[0])


def _about_the_family(course: Course, family: Circumstances) -> Iterator[tuple[int, str]]:
    for need in sorted(family.asks_for & {*course.needs, *course.only_for}):
        yield (16 if need in course.only_for else 12), f"need:{need}"
    if family.role and course.roles == [family.role]:
        yield 8, f"role:{family.role}"
    if family.relationship in course.situations:
        one_kind = set(course.situations) <= APART or set(course.situations) <= COUPLES
        yield (5 if one_kind else 2), f"situation:{family.relationship}"
    if course.ages is not None and course.ages.oldest - course.ages.youngest <= NARROW_AGES:
        yield _about_the_ages(course.ages, family)


def _about_the_ages(ages: Ages, family: Circumstances) -> tuple[int, str]:
    if family.relationship == "expecting" and ages.pregnancy:
        return 3, "pregnancy"
    if not family.ages:
        return -3, "ages_unsaid"
    every_child = all(ages.youngest <= age <= ages.oldest for age in family.ages)
    return (4 if every_child else 3), f"ages:{ages.youngest}-{ages.oldest}"


def _about_the_course(
    programme: Programme, course: Course, family: Circumstances, theme: str | None
) -> Iterator[tuple[int, str]]:
    if BETWEEN_PARENTS & set(course.works_on):
        yield 4, "between_parents"
    if theme is not None and theme in course.themes:
        yield 4, f"theme:{theme}"
    for preference, (why, ways) in DELIVERY.items():
        if preference in family.needs:
            yield (5 if ways & set(course.delivery) else -5), why
    if "low_income" in family.needs and programme.cost in ("free", "paid"):
        yield (6 if programme.cost == "free" else -6), programme.cost
    if course.follows_on:
        yield -5, "follows_on"
    if programme.confidence == "low":
        yield -4, "shaky"
    if course.kind == "self_help":
        yield -3, "self_guided"

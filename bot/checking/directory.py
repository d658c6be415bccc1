"""Helplines, courses, areas, self-help, the continuum: every name leads somewhere, and what is shown has words."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from bot.checking.problems import Places, Problem
from bot.content import Content
from bot.content.directory import Area, Helpline


def problems(content: Content, places: Places) -> Iterator[Problem]:
    """What is wrong with the directory."""
    helplines = services(content)
    yield from _courses(content, places)
    for area in content.areas.values():
        yield from _area(area, content, helplines, places)
    yield from _contact_lists(content, helplines, places)
    yield from _reasons(content, places)
    yield from _words(content, helplines, places)


def services(content: Content) -> dict[str, Helpline]:
    """Every helpline by its id, those that an area keeps for itself too."""
    own = {service.id: service for area in content.areas.values() for service in area.services}
    return {**own, **content.helplines}


def _courses(content: Content, places: Places) -> Iterator[Problem]:
    counted = Counter(course.id for programme in content.programmes.values() for course in programme.courses)
    for programme in content.programmes.values():
        for place, course in enumerate(programme.courses):
            if counted[course.id] > 1:
                yield places.problem(
                    f"the course id {course.id!r} stands more than once",
                    f"programmes/{programme.id}.yml",
                    "courses",
                    place,
                )


def _area(area: Area, content: Content, helplines: Mapping[str, Helpline], places: Places) -> Iterator[Problem]:
    file = f"areas/{area.id}.yml"
    for key, ids in (
        ("children_front_door", [area.children_front_door]),
        ("out_of_hours", [area.out_of_hours]),
        ("domestic_abuse_service", [area.domestic_abuse_service]),
        ("early_help", area.early_help),
        ("local_helplines", area.local_helplines),
    ):
        for helpline in ids:
            if helpline not in helplines:
                yield places.problem(f"{key}: no helpline is called {helpline!r}", file, key)
    for service in area.services:
        if service.id in content.helplines:
            yield places.problem(f"{service.id!r} is a helpline of helplines/ already", file, "services", service.id)
    for place, programme in enumerate(area.local_programmes):
        if programme.course is not None and programme.course not in content.courses:
            yield places.problem(f"no course is called {programme.course!r}", file, "local_programmes", place, "course")
        if programme.confirmed_on is not None and not _is_day(programme.confirmed_on):
            yield places.problem(
                f"confirmed_on must be a day, such as 2026-11-22, not {programme.confirmed_on!r}",
                file,
                "local_programmes",
                place,
                "confirmed_on",
            )


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _contact_lists(content: Content, helplines: Collection[str], places: Places) -> Iterator[Problem]:
    for name, listed in content.contacts.items():
        ranked = {who for rank in listed.ranks for who in rank if not who.startswith("area:")}
        for who in sorted(ranked - set(helplines)):
            yield places.problem(f"{name}: no helpline is called {who!r}", "contacts.yml", name)
        for role, favoured in listed.first_for.items():
            for who in sorted(set(favoured) - ranked):
                yield places.problem(
                    f"{name}: {who!r} is to come first for {role}, but is not in the list",
                    "contacts.yml",
                    name,
                    "first_for",
                    role,
                )


def _reasons(content: Content, places: Places) -> Iterator[Problem]:
    """What an answer says of a family can be the reason for a course, and then has to be said."""
    options = [option for question in content.questions for option in question.options]
    wanted = {
        f"{kind}:{value}"
        for option in options
        for kind, value in (("situation", option.situation), ("role", option.role), ("theme", option.theme))
        if value
    }
    for language, texts in content.texts.items():
        for reason in sorted(wanted - texts.reasons.keys()):
            yield places.problem(f"the reason {reason!r} has no words", f"texts/{language}/reasons.yml")


def _words(content: Content, helplines: Mapping[str, Helpline], places: Places) -> Iterator[Problem]:
    shown = {helpline.id for helpline in helplines.values() if helpline.shown}
    for language, texts in content.texts.items():
        for kind, file, needed, known, said in (
            ("helpline", "helplines.yml", shown, helplines, texts.helplines),
            ("course", "programmes.yml", content.courses, content.courses, texts.courses),
            (
                "place on the continuum",
                "continuum.yml",
                map(str, content.continuum),
                set(map(str, content.continuum)),
                texts.continuum,
            ),
            ("self-help piece", "self_help/*.yml", content.self_help, content.self_help, texts.self_help),
        ):
            yield from _without(kind, f"texts/{language}/{file}", set(needed), known, said, places)


def _without(
    kind: str, file: str, needed: set[str], known: Collection[str], said: Mapping[str, object], places: Places
) -> Iterator[Problem]:
    for name in sorted(needed - said.keys()):
        yield places.problem(f"the {kind} {name!r} has no words", file)
    for name in sorted(said.keys() - set(known)):
        yield places.problem(f"words for {name!r}, which no {kind} is called", file.replace("*", name), name)

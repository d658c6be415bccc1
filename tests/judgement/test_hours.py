"""When a service answers: every minute of a week, the two nights when the clocks change, bank holidays, midnight."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.content.directory import Day, Hours, Opening
from bot.hours import DAYS, LONDON, closes_at, next_opening, open_now

WEEKDAYS: list[Day] = ["mon", "tue", "wed", "thu", "fri"]
OFFICE = Hours([Opening(WEEKDAYS, "09:00", "17:00")], bank_holidays="closed")
NIGHTS = Hours([Opening(["fri"], "22:00", "02:30")])
ALWAYS = Hours([Opening([*DAYS], "00:00", "24:00")], bank_holidays="open")
DUTY_TEAM = Hours(
    [
        Opening(WEEKDAYS, "17:00", "09:00"),
        Opening(["sat", "sun"], "00:00", "24:00"),
        Opening(["mon"], "00:00", "09:00"),
    ],
    bank_holidays="all_day",
)
MINUTE = dt.timedelta(minutes=1)


def london(day: str, time: str, fold: int = 0) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=LONDON, fold=fold)


def minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:])


def clock_times(whole_day: bool = False) -> st.SearchStrategy[str]:
    times = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
    return times | st.just("24:00") if whole_day else times


def opening_on(days: list[Day], times: tuple[str, str]) -> Opening:
    return Opening(days, *times)


openings = st.builds(
    opening_on,
    st.lists(st.sampled_from(DAYS), min_size=1, max_size=7, unique=True),
    st.tuples(clock_times(), clock_times(whole_day=True)).filter(lambda times: times[0] != times[1]),
)
weekly_hours = st.builds(
    Hours, st.lists(openings, min_size=1, max_size=4), st.sampled_from(["open", "all_day", "closed", "unknown"])
)
moments = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2028, 12, 31), timezones=st.just(dt.UTC))


# ---- an ordinary week, minute by minute


@pytest.mark.parametrize("hours", [OFFICE, NIGHTS, ALWAYS, DUTY_TEAM], ids=["office", "nights", "always", "duty team"])
def test_every_minute_of_an_ordinary_week_is_what_the_clock_on_the_wall_says(hours: Hours) -> None:
    monday = london("2027-02-01", "00:00")
    open_minutes = {
        (DAYS.index(day) * 1440 + minute) % 10080
        for opening in hours.weekly
        for day in opening.days
        for minute in range(
            minutes(opening.opens), minutes(opening.closes) + (1440 if opening.closes < opening.opens else 0)
        )
    }
    wrong = [m for m in range(10080) if open_now(hours, monday + m * MINUTE) is not (m in open_minutes)]
    assert wrong == []


@pytest.mark.parametrize(
    ("time", "is_open"),
    [
        ("2027-02-05T21:59", False),
        ("2027-02-05T22:00", True),
        ("2027-02-05T23:59", True),
        ("2027-02-06T00:00", True),
        ("2027-02-06T02:29", True),
        ("2027-02-06T02:30", False),
        ("2027-02-06T22:30", False),
    ],
)
def test_a_line_that_opens_before_midnight_is_still_open_after_it(time: str, is_open: bool) -> None:
    assert open_now(NIGHTS, london(time[:10], time[11:])) is is_open


def test_nobody_knows_whether_a_line_without_confirmed_hours_is_open() -> None:
    now = london("2027-02-01", "10:00")
    assert open_now(Hours(), now) is None
    assert next_opening(Hours(), now) is None
    assert closes_at(Hours(), now) is None


def test_any_time_zone_may_be_handed_in() -> None:
    assert open_now(OFFICE, dt.datetime(2027, 7, 5, 8, 30, tzinfo=dt.UTC)) is True
    assert open_now(OFFICE, dt.datetime(2027, 7, 5, 16, 30, tzinfo=dt.UTC)) is False


# ---- the clocks change


def test_opening_times_follow_the_clock_on_the_wall_through_the_year() -> None:
    for day in (london("2027-03-26", "12:00") + n * dt.timedelta(days=1) for n in range(230)):
        hours = Hours([Opening([*DAYS], "09:00", "17:00")], bank_holidays="open")
        assert open_now(hours, day.replace(hour=9)) is True
        assert open_now(hours, day.replace(hour=8, minute=59)) is False


@pytest.mark.parametrize("sunday", ["2027-03-28", "2027-10-31"], ids=["clocks forward", "clocks back"])
def test_a_line_that_never_closes_is_open_every_minute_of_a_night_on_which_the_clocks_change(sunday: str) -> None:
    midnight = london(sunday, "00:00").astimezone(dt.UTC)
    assert all(open_now(ALWAYS, midnight + n * MINUTE) for n in range(25 * 60))


@pytest.mark.parametrize(
    ("sunday", "length"), [("2027-03-28", 5), ("2027-10-31", 7)], ids=["clocks forward", "clocks back"]
)
def test_a_night_shift_is_an_hour_shorter_or_longer_when_the_clocks_change(sunday: str, length: int) -> None:
    saturday_night = Hours([Opening(["sat"], "23:00", "05:00")])
    start = (london(sunday, "00:00") - dt.timedelta(hours=1)).astimezone(dt.UTC)
    state = [open_now(saturday_night, start + n * MINUTE) for n in range(-60, 9 * 60)]
    assert state.count(True) == length * 60
    assert state[60] is True


def test_an_opening_inside_the_hour_that_is_skipped_is_not_lost() -> None:
    early = Hours([Opening(["sun"], "01:30", "06:00")])
    opens = next_opening(early, london("2027-03-28", "00:30"))
    assert opens == london("2027-03-28", "02:30")
    assert open_now(early, opens) is True


def test_the_hour_that_comes_twice_is_open_the_second_time_too() -> None:
    early = Hours([Opening(["sun"], "00:30", "06:00")])
    assert open_now(early, london("2027-10-31", "01:30")) is True
    assert open_now(early, london("2027-10-31", "01:30", fold=1)) is True


# ---- bank holidays


@pytest.mark.parametrize(
    ("bank_holidays", "is_open"), [("open", True), ("all_day", True), ("closed", False), ("unknown", None)]
)
def test_what_a_bank_holiday_changes(bank_holidays: str, is_open: bool | None) -> None:
    hours = msgspec.structs.replace(OFFICE, bank_holidays=bank_holidays)
    assert open_now(hours, london("2027-05-03", "10:00")) is is_open


def test_a_duty_team_is_there_all_day_on_a_bank_holiday_and_not_in_office_hours_otherwise() -> None:
    assert open_now(DUTY_TEAM, london("2027-05-03", "10:00")) is True
    assert open_now(DUTY_TEAM, london("2027-05-04", "10:00")) is False


def test_christmas_when_it_falls_on_a_weekend_keeps_offices_closed_until_the_wednesday() -> None:
    before = london("2027-12-24", "17:00")
    assert all(open_now(OFFICE, before + n * MINUTE) is False for n in range(0, 4 * 1440, 7))
    assert next_opening(OFFICE, before) == london("2027-12-29", "09:00")


def test_a_bank_holiday_whose_hours_nobody_knows_is_passed_over_in_naming_the_next_opening() -> None:
    hours = msgspec.structs.replace(OFFICE, bank_holidays="unknown")
    assert next_opening(hours, london("2027-05-02", "20:00")) == london("2027-05-04", "09:00")


def test_a_night_that_begins_before_a_bank_holiday_runs_on_into_it() -> None:
    sundays = Hours([Opening(["sun"], "20:00", "04:00")], bank_holidays="closed")
    assert open_now(sundays, london("2027-05-03", "03:59")) is True
    assert open_now(sundays, london("2027-05-03", "04:00")) is False


def test_a_bank_holiday_of_scotland_alone_changes_nothing() -> None:
    assert open_now(OFFICE, london("2027-11-30", "10:00")) is True


# ---- until when, and when next


@given(hours=weekly_hours, now=moments)
@example(hours=NIGHTS, now=dt.datetime(2027, 2, 5, 23, 0, tzinfo=dt.UTC))
@example(hours=DUTY_TEAM, now=dt.datetime(2026, 12, 24, 18, 0, tzinfo=dt.UTC))
def test_the_next_opening_is_the_first_moment_at_which_it_is_sure_to_be_open(hours: Hours, now: dt.datetime) -> None:
    opens = next_opening(hours, now)
    if opens is None:
        return
    assert open_now(hours, now) is not True
    assert open_now(hours, opens) is True
    assert open_now(hours, (opens.astimezone(dt.UTC) - MINUTE)) is not True
    between = (opens.astimezone(dt.UTC) - now) / 20
    assert not any(open_now(hours, now + n * between) for n in range(20))


@given(hours=weekly_hours, now=moments)
def test_it_closes_when_it_is_said_to(hours: Hours, now: dt.datetime) -> None:
    end = closes_at(hours, now)
    if end is None:
        return
    assert open_now(hours, now) is True
    assert open_now(hours, end) is not True
    left = (end.astimezone(dt.UTC) - now) / 20
    assert all(open_now(hours, now + n * left) for n in range(20))


@given(now=moments)
def test_a_line_that_never_closes_has_no_closing_time_and_no_next_opening(now: dt.datetime) -> None:
    assert ALWAYS.always
    assert open_now(ALWAYS, now) is True
    assert closes_at(ALWAYS, now) is None
    assert next_opening(ALWAYS, now) is None


def test_a_weekend_on_duty_ends_on_monday_morning() -> None:
    assert closes_at(DUTY_TEAM, london("2027-02-05", "18:00")) == london("2027-02-08", "09:00")


def test_an_opening_that_ends_as_it_begins_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="00:00 to 24:00"):
        msgspec.convert({"days": ["mon"], "opens": "09:00", "closes": "09:00"}, Opening)

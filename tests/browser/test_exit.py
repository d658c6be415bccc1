"""Exit this page: it blanks, wipes and leaves, by button, link and keyboard, with and without JavaScript."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

Visit = Callable[..., Page]
Way = Callable[[Page], None]
SECRET = "something nobody else may read"


def talk(page: Page) -> None:
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator(".choice").first).to_be_visible()
    page.wait_for_load_state()  # the question stands there before the script does
    page.locator("#text").fill(SECRET)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("button", name="Quite tense, quite often")).to_be_visible()


def left(page: Page, site: Any) -> None:
    page.wait_for_url(site.away)
    wait_until(lambda: len(site.intake.forgotten) == 1)
    assert not site.intake.at


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def by_button(page: Page) -> None:
    page.get_by_role("button", name="Exit this page", exact=True).click()


def by_link(page: Page) -> None:
    page.get_by_role("button", name="Exit this page now").press("Enter")


def by_shift(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


@pytest.mark.parametrize("way", [by_button, by_link, by_shift])
def test_leaving_wipes_both_sides_and_goes_to_a_neutral_page(visit: Visit, live_server: Any, way: Way) -> None:
    page = visit("/")
    talk(page)
    way(page)
    left(page, live_server)


@pytest.mark.parametrize("way", [by_button, by_link])
def test_leaving_works_without_javascript(visit: Visit, live_server: Any, way: Way) -> None:
    page = visit("/", java_script_enabled=False)
    talk(page)
    way(page)
    left(page, live_server)


def test_leaving_forgets_what_the_tab_remembered(visit: Visit, live_server: Any) -> None:
    page = visit("/")
    talk(page)
    by_button(page)
    left(page, live_server)
    page.goto(live_server.address + "/privacy")
    assert page.evaluate("[sessionStorage.length, localStorage.length, document.cookie]") == [0, 0, ""]


@pytest.mark.parametrize("javascript", [True, False])
def test_back_after_leaving_shows_nothing_of_the_conversation(visit: Visit, live_server: Any, javascript: bool) -> None:
    page = visit("/", java_script_enabled=javascript)
    talk(page)
    by_button(page)
    left(page, live_server)
    for _ in range(3):
        with contextlib.suppress(Error):  # the pages of a conversation are not kept: the browser has nothing to show
            page.go_back(wait_until="commit")
        page.wait_for_timeout(300)
        shown = page.content()
        assert SECRET not in shown
        assert "Quite tense" not in shown
        if javascript:
            assert page.url in (live_server.away, "about:blank")


def test_leaving_one_tab_leaves_the_others_too(visit: Visit, live_server: Any) -> None:
    page = visit("/")
    talk(page)
    other = page.context.new_page()
    other.goto(live_server.address + "/safety")
    by_button(page)
    page.wait_for_url(live_server.away)
    other.wait_for_url(live_server.away)


def test_the_page_blanks_at_once_before_the_neutral_page_comes(visit: Visit) -> None:
    page = visit("/")
    talk(page)
    left_over = """() => {
        document.querySelector('#exit button').click();
        return document.body.textContent;
    }"""
    assert page.evaluate(left_over) == "Leaving this page."


def test_leaving_does_not_wait_for_the_service(visit: Visit, live_server: Any) -> None:
    page = visit("/")
    talk(page)
    page.route("**/api/**", lambda route: route.abort())
    by_button(page)
    page.wait_for_url(live_server.away)


def test_shift_is_counted_aloud_and_forgotten_after_another_key(visit: Visit) -> None:
    page = visit("/")
    status = page.locator("#exit-status")
    page.keyboard.press("Shift")
    expect(status).to_have_text("Press Shift two more times to leave.")
    page.keyboard.press("Shift")
    expect(status).to_have_text("Press Shift one more time to leave.")
    page.keyboard.press("a")
    expect(status).to_be_empty()
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    expect(status).to_have_text("Press Shift one more time to leave.")


def test_shift_runs_out_after_five_seconds_and_says_so(visit: Visit) -> None:
    page = visit("/")
    page.clock.install()
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.clock.run_for(5100)
    expect(page.locator("#exit-status")).to_contain_text("You have not left the page.")
    page.keyboard.press("Shift")
    expect(page.locator("#exit-status")).to_have_text("Press Shift two more times to leave.")


def test_capital_letters_and_escape_never_leave(visit: Visit) -> None:
    page = visit("/")
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_load_state()
    page.locator("#text").click()
    for letter in "ABCD":
        page.keyboard.press(f"Shift+{letter}")
    for _ in range(3):
        page.keyboard.press("Escape")
    expect(page.locator("#text")).to_have_value("ABCD")


VIEWPORTS = [(320, 480), (320, 256), (390, 844), (844, 390), (1280, 800)]


@pytest.mark.parametrize(("width", "height"), VIEWPORTS)
def test_nothing_ever_covers_the_exit(visit: Visit, width: int, height: int) -> None:
    page = visit("/", viewport={"width": width, "height": height})
    exit_is_free(page)
    talk(page)
    page.locator("#text").focus()
    exit_is_free(page)
    for position in (0, 99999):
        page.evaluate(f"window.scrollTo(0, {position})")
        exit_is_free(page)


@pytest.mark.parametrize(("width", "height"), VIEWPORTS)
def test_what_has_the_focus_is_never_hidden(visit: Visit, width: int, height: int) -> None:
    page = visit("/", viewport={"width": width, "height": height})
    talk(page)
    page.locator("#main").focus()
    hidden = []
    for key in ["Tab"] * 14 + ["Shift+Tab"] * 14:
        page.keyboard.press(key)
        hidden.append(
            page.evaluate("""() => {
            const focused = document.activeElement;
            if (focused === document.body || focused.matches('.skip')) return null;
            const { left, top, width, height } = focused.getBoundingClientRect();
            const y = Math.max(1, Math.min(top + height / 2, innerHeight - 2));
            const hit = document.elementFromPoint(left + Math.min(width / 2, 40), y);
            return hit && (focused.contains(hit) || hit.contains(focused)) ? null : focused.outerHTML.slice(0, 80);
        }""")
        )
    assert not [each for each in hidden if each]


def exit_is_free(page: Page) -> None:
    assert page.evaluate("""() => {
        const button = document.querySelector('#exit button');
        const { left, top, width, height } = button.getBoundingClientRect();
        return height >= 44 && top >= 0 && left >= 0 && left + width <= innerWidth &&
            [[0.5, 0.5], [0.05, 0.5], [0.95, 0.5]].every(([x, y]) => {
                const hit = document.elementFromPoint(left + width * x, top + height * y);
                return hit === button;
            });
    }""")

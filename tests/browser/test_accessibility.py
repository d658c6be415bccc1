"""What a machine can check of accessibility, on every page and state: axe, reflow, target sizes, forced colours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
PATHS = ["/", "/help", "/safety", "/privacy", "/accessibility"]
WIDTHS = [320, 390, 1280]
SCHEMES = ["light", "dark"]


def states_of_the_chat(page: Page) -> list[str]:
    """Walk the chat through its states and name those in which something is wrong."""
    wrong = []

    def look(state: str) -> None:
        wrong.extend(f"{state}: {problem}" for problem in problems(page))

    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator(".choice").first).to_be_visible()
    page.wait_for_load_state()
    look("first question")
    say(page, "he hits me")
    expect(page.locator(".contact").first).to_be_visible()
    look("contacts")
    say(page, "break")
    expect(page.locator("#notice .contact").first).to_be_visible()
    look("something broke")
    for words in ("fine", "fine", "fine"):
        count = page.locator(".message").count()
        say(page, words)
        expect(page.locator(".message")).to_have_count(count + 1)
    expect(page.get_by_role("button", name="Print or save this")).to_be_visible()
    look("outcome")
    return wrong


def say(page: Page, words: str) -> None:
    page.locator("#text").fill(words)
    page.locator("#text").press("Enter")


def problems(page: Page) -> list[str]:
    found = [f"{each['id']}: {each['nodes'][0]['html']}" for each in Axe().run(page).response["violations"]]
    if page.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
        found.append("scrolls sideways")
    small = page.evaluate("""() => [...document.querySelectorAll('button, .way, .go, textarea, .foot a')]
        .filter((node) => node.offsetParent && !node.matches('.skip'))
        .map((node) => [node.getBoundingClientRect(), node.outerHTML.slice(0, 60)])
        .filter(([box]) => box.height < 43.9 || box.width < 24).map(([, html]) => html)""")
    return found + [f"too small to hit: {html}" for html in small]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_clean(visit: Visit, width: int, scheme: str) -> None:
    page = visit("/", viewport={"width": width, "height": 800}, color_scheme=scheme)
    site = page.url.rstrip("/")
    wrong = []
    for path in PATHS:
        page.goto(site + path)
        wrong += [f"{path}: {problem}" for problem in problems(page)]
    assert not wrong


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_state_of_the_chat_is_clean(visit: Visit, width: int, scheme: str) -> None:
    page = visit("/", viewport={"width": width, "height": 800}, color_scheme=scheme)
    assert not states_of_the_chat(page)


def test_the_chat_is_clean_in_forced_colours_and_at_400_percent(visit: Visit) -> None:
    page = visit("/", viewport={"width": 320, "height": 256}, forced_colors="active")
    assert not states_of_the_chat(page)


def test_the_chat_is_clean_and_turned_round_in_a_script_that_runs_right_to_left(visit: Visit, live_server: Any) -> None:
    live_server.app.extensions["content"].texts["en"].direction = "rtl"
    page = visit("/", viewport={"width": 320, "height": 640})
    assert not states_of_the_chat(page)
    exit_button, mine = page.locator("#exit button").bounding_box(), page.locator(".mine").last.bounding_box()
    assert exit_button
    assert mine
    assert exit_button["x"] < 160
    assert mine["x"] < 40


def test_wider_text_spacing_loses_nothing(visit: Visit) -> None:
    page = visit("/", viewport={"width": 320, "height": 640}, bypass_csp=True)
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator(".choice").first).to_be_visible()
    page.add_style_tag(
        content="""* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important }"""
    )
    assert not page.evaluate("document.scrollingElement.scrollWidth > innerWidth")
    cut = page.evaluate("""() => [...document.querySelectorAll('button, p, .bar')]
        .filter((node) => node.offsetParent && !node.matches('.unseen, .skip'))
        .filter((node) => node.scrollWidth > node.clientWidth + 2).map((node) => node.outerHTML)""")
    assert cut == []

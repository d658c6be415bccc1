"""A parent talks to Waymark in a browser: by tap, by keyboard, without JavaScript, and when the network fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


def begin(page: Page) -> None:
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator(".choice").first).to_be_visible()
    page.wait_for_load_state()  # the question stands there before the script does


def tap(page: Page, answer: str) -> None:
    page.get_by_role("button", name=answer, exact=True).click()


def write(page: Page, words: str) -> None:
    page.locator("#text").fill(words)
    page.locator("#text").press("Enter")


def to_the_outcome(page: Page) -> None:
    begin(page)
    tap(page, "Yes, it is all right")
    tap(page, "Quite tense, quite often")
    tap(page, "We talk, and sort it out")
    expect(page.locator("[data-outcome=self_help]")).to_be_visible()


def test_a_parent_taps_through_to_something_that_helps(visit: Visit) -> None:
    page = visit("/", has_touch=True, is_mobile=True)
    to_the_outcome(page)
    expect(page.locator(".mine").last).to_have_text("You said We talk, and sort it out")
    expect(page.get_by_role("link", name="Click: help for couples")).to_be_visible()
    expect(page.get_by_role("button", name="We talk, and sort it out")).to_have_count(0)


def test_a_parent_goes_all_the_way_by_keyboard_alone(visit: Visit) -> None:
    page = visit("/")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "start":
            break
    page.keyboard.press("Enter")
    expect(page.locator(".choice").first).to_be_visible()
    page.wait_for_load_state()
    page.locator("#choices fieldset").focus()
    for _question in range(3):
        page.keyboard.press("Tab")
        chosen = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("Enter")
        expect(page.locator(".mine").last).to_contain_text(chosen)
        expect(page.locator("#choices fieldset")).to_be_enabled()
        expect(page.locator("#choices fieldset")).to_be_focused()
    expect(page.locator("[data-outcome=self_help]")).to_be_visible()


def test_what_is_typed_is_sent_with_enter_and_stands_in_the_log(visit: Visit) -> None:
    page = visit("/")
    begin(page)
    write(page, "<b>it is fine</b>")
    expect(page.locator(".mine")).to_have_text("You said <b>it is fine</b>")
    expect(page.locator("#text")).to_have_value("")
    expect(page.locator("#text")).to_be_focused()


def test_a_disclosure_shows_whom_to_call_with_numbers_to_tap(visit: Visit) -> None:
    page = visit("/")
    begin(page)
    write(page, "he hits me")
    expect(page.get_by_role("link", name="Call 0808 2000 247")).to_have_attribute("href", "tel:08082000247")
    expect(page.get_by_role("link", name="Text SHOUT to 85258")).to_have_attribute("href", "sms:85258")
    expect(page.locator(".contact", has_text="Men's Advice Line")).to_contain_text("Closed now")
    for way in page.locator(".way").all():
        box = way.bounding_box()
        assert box
        assert box["height"] >= 44


def test_the_start_of_the_new_reply_is_in_view(visit: Visit) -> None:
    page = visit("/", viewport={"width": 320, "height": 568})
    begin(page)
    write(page, "he hits me")
    expect(page.locator(".contact").first).to_be_attached()
    expect(page.locator(".mine").last).to_be_in_viewport()
    top = page.locator(".message").last.bounding_box()
    assert top
    assert 50 < top["y"] < 300


def test_after_a_reload_the_open_question_is_asked_again(visit: Visit, live_server: object) -> None:
    page = visit("/?area=westminster&share=GP")
    begin(page)
    tap(page, "Yes, it is all right")
    expect(page.get_by_role("button", name="Quite tense, quite often")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Quite tense, quite often")).to_be_visible()
    assert page.url.endswith("/chat?area=westminster&share=GP")
    last = live_server.intake.heard[-1]  # type: ignore[attr-defined]
    assert (last.choice, last.area, last.share) == ("where_were_we", "westminster", "GP")


def test_start_goes_on_with_the_conversation_of_this_tab(visit: Visit) -> None:
    page = visit("/")
    begin(page)
    tap(page, "Yes, it is all right")
    expect(page.get_by_role("button", name="Quite tense, quite often")).to_be_visible()
    page.go_back(wait_until="commit")
    begin(page)
    expect(page.get_by_role("button", name="Quite tense, quite often")).to_be_visible()
    assert "conversation" not in page.url


def test_a_conversation_that_is_gone_starts_anew_and_says_so(visit: Visit, live_server: object) -> None:
    page = visit("/")
    begin(page)
    live_server.intake.at.clear()  # type: ignore[attr-defined]
    write(page, "still there?")
    expect(page.locator(".aside")).to_contain_text("You can start a new one")
    expect(page.get_by_role("button", name="Yes, it is all right")).to_be_visible()
    expect(page.locator("#text")).to_have_value("still there?")


def test_help_and_back_keeps_the_conversation(visit: Visit) -> None:
    page = visit("/")
    begin(page)
    tap(page, "Yes, it is all right")
    expect(page.get_by_role("button", name="Quite tense, quite often")).to_be_visible()
    page.get_by_text("Help now").click()
    expect(page.get_by_role("heading", name="Help now")).to_be_visible()
    page.go_back(wait_until="commit")
    expect(page.get_by_role("button", name="Quite tense, quite often")).to_be_visible()


def test_when_the_service_breaks_the_words_are_kept_and_numbers_are_shown(visit: Visit) -> None:
    page = visit("/")
    begin(page)
    write(page, "break")
    notice = page.locator("#notice")
    expect(notice).to_contain_text("999")
    expect(notice.get_by_role("link", name="Call 0808 2000 247")).to_be_visible()
    expect(page.locator("#text")).to_have_value("break")
    page.locator("#text").fill("it is fine")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("button", name="Quite tense, quite often")).to_be_visible()
    expect(notice).to_be_empty()


def test_offline_the_message_waits_and_goes_when_the_network_is_back(visit: Visit) -> None:
    page = visit("/")
    begin(page)
    page.context.set_offline(True)
    tap(page, "Yes, it is all right")
    expect(page.locator("#notice")).to_contain_text("offline")
    expect(page.locator("#notice").get_by_role("link", name="Call 999")).to_be_visible()
    expect(page.get_by_role("button", name="Yes, it is all right")).to_be_enabled()
    page.context.set_offline(False)
    expect(page.get_by_role("button", name="Quite tense, quite often")).to_be_visible()


def test_an_answer_is_sent_once_however_often_it_is_tapped(visit: Visit, live_server: object) -> None:
    page = visit("/")
    begin(page)
    write(page, "slow")
    write(page, "again")
    expect(page.get_by_role("button", name="Quite tense, quite often")).to_be_visible()
    assert [each.text for each in live_server.intake.heard if each.text] == ["slow"]  # type: ignore[attr-defined]
    expect(page.locator("#text")).to_have_value("again")


@pytest.mark.parametrize(("width", "height"), [(320, 480), (390, 700), (1280, 800)])
def test_send_stays_where_it_is_when_the_box_is_entered(visit: Visit, width: int, height: int) -> None:
    page = visit("/", viewport={"width": width, "height": height})
    begin(page)
    page.evaluate("window.scrollTo(0, 99999)")
    before = page.locator(".send").bounding_box()
    page.locator("#text").focus()
    page.evaluate("window.scrollTo(0, 99999)")
    assert page.locator(".send").bounding_box() == before


def test_only_what_was_found_is_printed(visit: Visit) -> None:
    page = visit("/")
    to_the_outcome(page)
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name="Print or save this").click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    expect(page.get_by_text("Thank you for telling us.")).to_be_visible()
    expect(page.get_by_text("What you found on Waymark")).to_be_visible()
    for hidden in (".mine", "#exit", "#composer", "#choices", ".turn:not(.printable)"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.title() == "Waymark - information"


def test_help_for_someone_who_is_hurt_offers_no_print(visit: Visit) -> None:
    page = visit("/")
    begin(page)
    write(page, "he hits me")
    expect(page.locator(".contact").first).to_be_visible()
    expect(page.get_by_role("button", name="Print or save this")).to_have_count(0)


def test_new_replies_are_announced_by_the_log_and_nowhere_else(visit: Visit) -> None:
    page = visit("/")
    begin(page)
    tap(page, "Yes, it is all right")
    expect(page.get_by_role("log").locator(".message")).to_have_count(3)
    live = page.evaluate("""[...document.querySelectorAll('[aria-live], [role=alert], [role=status], [role=log]')]
        .filter((node) => node.textContent.trim()).map((node) => node.id)""")
    assert live == ["log"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_javascript_the_whole_conversation_works(visit: Visit, scheme: str, live_server: object) -> None:
    page = visit("/?area=westminster", java_script_enabled=False, color_scheme=scheme)
    begin(page)
    tap(page, "Yes, it is all right")
    page.get_by_text("Help now").click()
    expect(page.get_by_role("heading", name="Help now")).to_be_visible()
    tap(page, "Back to the conversation")
    tap(page, "Send")
    expect(page.locator(".problem")).to_contain_text("Pick an answer, or write one in the box.")
    expect(page.locator(".problem")).to_be_in_viewport()
    expect(page.locator(".problem")).to_be_focused()
    page.locator("#text").fill("he hits me")
    tap(page, "Send")
    expect(page.get_by_role("link", name="Call 0808 2000 247")).to_be_visible()
    tap(page, "Go on with the questions")
    tap(page, "We talk, and sort it out")
    expect(page.locator("[data-outcome=self_help]")).to_be_visible()
    assert len(live_server.intake.at) == 1  # type: ignore[attr-defined]
    assert {each.area for each in live_server.intake.heard} == {"westminster"}  # type: ignore[attr-defined]


def test_without_javascript_the_chat_page_itself_can_be_started(visit: Visit) -> None:
    page = visit("/chat", java_script_enabled=False)
    begin(page)
    expect(page.get_by_role("button", name="Yes, it is all right")).to_be_visible()

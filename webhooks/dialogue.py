"""The client of Rasa: one turn over loopback, within a time that leaves room for an honest answer if it fails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import requests
from requests.adapters import HTTPAdapter

from bot.choices import Command
from bot.messages import Utterance

CONNECT_TIMEOUT_S = 0.5


class DialogueUnavailable(Exception):
    """Rasa did not answer in time, or not as it should."""


class Dialogue(Protocol):
    """Whoever decides which utterances come next."""

    def turn(
        self, conversation: str, said: str | Command, metadata: Mapping[str, str | None], within_s: float
    ) -> list[Utterance]:
        """The utterances that follow what was said. Raises DialogueUnavailable, after `within_s` at the latest."""
        ...

    def reachable(self) -> bool:
        """Whether it answers now."""
        ...


class RasaDialogue:
    """Rasa, through the loopback channel in actions/channel.py."""

    def __init__(self, url: str) -> None:
        """url: where Rasa listens, on this machine."""
        self._root = f"{url}/webhooks/waymark/"
        self._session = requests.Session()
        self._session.trust_env = False  # loopback: no proxy of the environment may come between
        self._session.mount("http://", HTTPAdapter(pool_maxsize=64))

    def turn(
        self, conversation: str, said: str | Command, metadata: Mapping[str, str | None], within_s: float
    ) -> list[Utterance]:
        """The utterances that follow what was said. Raises DialogueUnavailable, after `within_s` at the latest."""
        if within_s <= 0:
            raise DialogueUnavailable("no time is left for it")
        body = {"conversation": conversation, "metadata": dict(metadata)}
        if isinstance(said, Command):
            body["command"] = {"intent": said.intent, "entities": dict(said.entities)}
        else:
            body["text"] = said
        try:
            response = self._session.post(
                f"{self._root}turn", json=body, timeout=(min(CONNECT_TIMEOUT_S, within_s), within_s)
            )
            utterances = response.json() if response.ok else None
        except (requests.RequestException, ValueError) as error:
            # the error's own text may hold the body: only its kind is passed on
            raise DialogueUnavailable(type(error).__name__) from None
        if not isinstance(utterances, list) or not all(_is_utterance(each) for each in utterances):
            raise DialogueUnavailable(f"answered {response.status_code}, not with utterances")
        return utterances

    def reachable(self) -> bool:
        """Whether Rasa listens and has its channel."""
        try:
            return bool(self._session.get(self._root, timeout=(CONNECT_TIMEOUT_S, CONNECT_TIMEOUT_S)).ok)
        except requests.RequestException:
            return False


def _is_utterance(said: object) -> bool:
    return isinstance(said, dict) and "utter" in said

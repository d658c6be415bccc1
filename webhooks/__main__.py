"""`python -m webhooks …`: serve the gateway, talk to it in the terminal, purge what is past its time."""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import datetime, timedelta, timezone

from webhooks.settings import Settings
from webhooks.store import Store, StoreUnavailable

RETRY_AFTER_S = 5


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status is 0 if it did what it is for."""
    parser = argparse.ArgumentParser(prog="python -m webhooks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("serve", help="serve the gateway (Rasa is started by `make run`)")
    chat = commands.add_parser("chat", help="the same conversation in the terminal")
    chat.add_argument("--area", help="id of a council's area")
    purge = commands.add_parser("purge", help="delete conversations whose last turn is past its time")
    purge.add_argument("--every", type=int, metavar="SECONDS", help="go on, once in so many seconds")
    chosen = parser.parse_args(arguments)
    try:
        settings = Settings.from_environment(os.environ)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if chosen.command == "serve":
        from webhooks.serving import serve

        serve(settings)
    elif chosen.command == "chat":
        from webhooks.application import create_app
        from webhooks.channels.terminal import chat as talk

        talk(create_app(settings).extensions["intake"], chosen.area)
    else:
        return _purge(settings, chosen.every)
    return 0


def _purge(settings: Settings, every: int | None) -> int:
    store = Store(settings.database_url, settings.dialogue_database_url)
    while True:
        done = _purge_once(store, settings.kept_for)
        if every is None:
            return 0 if done else 1
        time.sleep(every if done else min(every, RETRY_AFTER_S))


def _purge_once(store: Store, kept_for: timedelta) -> bool:
    try:
        store.migrate()  # the gateway may have started while the database was away
        count = store.purge(datetime.now(timezone.utc), kept_for)
    except StoreUnavailable as error:
        print(f"nothing purged now: {error}", file=sys.stderr)
        return False
    print(f"purged {count} conversations that were older than {kept_for / timedelta(hours=1):g} hours", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main())

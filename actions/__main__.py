"""`python -m actions`: serve the steps to Rasa, on the loopback address alone.

rasa_sdk's own command listens on every interface; the slots of a conversation must not leave this machine.
"""

from __future__ import annotations

import logging
import os

from rasa_sdk.endpoint import create_app

from actions.conversation import content

LOOPBACK = "127.0.0.1"


def main() -> None:
    """Serve until stopped. The port is WAYMARK_ACTIONS_PORT."""
    # rasa_sdk logs at INFO what it runs and, on an error, with what: neither belongs in a log.
    logging.basicConfig(level=logging.WARNING)
    content()  # read before the first parent waits for it
    app = create_app("actions.steps")
    app.run(host=LOOPBACK, port=int(os.environ.get("WAYMARK_ACTIONS_PORT", "5055")), workers=1, access_log=False)


if __name__ == "__main__":
    main()

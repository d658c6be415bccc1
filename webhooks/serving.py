"""Serve the gateway under gunicorn: one process with threads, because a turn mostly waits for Rasa."""

from __future__ import annotations

from flask import Flask
from gunicorn.app.base import BaseApplication

from webhooks.application import create_app
from webhooks.settings import Settings

THREADS = 32


class Gateway(BaseApplication):  # type: ignore[misc]
    """gunicorn with our settings instead of a file of its own."""

    def __init__(self, settings: Settings) -> None:
        """The application is made in the worker, after the fork."""
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        """No access log: it would hold addresses and times of parents."""
        self.cfg.set("bind", f"{self.settings.public_host}:{self.settings.public_port}")
        self.cfg.set("worker_class", "gthread")
        self.cfg.set("threads", THREADS)
        self.cfg.set("accesslog", None)
        self.cfg.set("errorlog", "-")
        self.cfg.set("loglevel", "warning")
        self.cfg.set("graceful_timeout", 5)
        self.cfg.set("keepalive", 15)

    def load(self) -> Flask:
        """The application of one worker."""
        return create_app(self.settings)


def serve(settings: Settings) -> None:
    """Serve until stopped."""
    Gateway(settings).run()

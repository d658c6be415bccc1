"""What every test may ask for: properties that take their time, and the whole service, running."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings
from running_service import MODEL, Service

# A test must not fail because the machine was busy, or because the first example fills a cache.
settings.register_profile("waymark", deadline=None)
settings.load_profile("waymark")


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The whole service, started once. A test that stops a part of it starts that part again."""
    if not MODEL.exists():
        pytest.fail("there is no trained dialogue: run `make train`")
    running = Service(tmp_path_factory.mktemp("service"))
    try:
        running.start()
        running.wait_until_ready()
        yield running
    finally:
        running.stop()

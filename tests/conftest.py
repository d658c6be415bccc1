"""Its place puts this folder on the path of every test, so that what tests share can be imported by name."""

from __future__ import annotations

from hypothesis import settings

# A test must not fail because the machine was busy, or because the first example fills a cache.
settings.register_profile("waymark", deadline=None)
settings.load_profile("waymark")

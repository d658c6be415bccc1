"""The headers that every answer carries: what a page may load, where its forms may lead, and that nothing is kept."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, current_app, request

_PERMISSIONS = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
)


def security_headers(response: Response) -> Response:
    """Add the headers to `response`: only our own scripts and styles, no referrer, no sensors, and nothing cached
    but the versioned files under /static."""
    headers = response.headers
    headers["Content-Security-Policy"] = _content_policy(current_app.config["EXIT_URL"])
    headers["Referrer-Policy"] = "no-referrer"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Permissions-Policy"] = ", ".join(f"{feature}=()" for feature in _PERMISSIONS)
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    versioned = (request.endpoint or "").endswith("static") and "v" in request.args and response.status_code == 200
    headers["Cache-Control"] = "public, max-age=31536000, immutable" if versioned else "no-store"
    return response


def _content_policy(exit_url: str) -> str:
    """`form-action` holds for redirects too, so the page that the exit leads to is named there."""
    away = urlsplit(exit_url)
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            f"form-action 'self' {away.scheme}://{away.netloc}",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )

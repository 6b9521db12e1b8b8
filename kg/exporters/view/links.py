"""Which addresses from an article may become links: those of the web."""

from urllib.parse import urlsplit


def web(url: str) -> str:
    """The address if a browser may follow it (http, https), else nothing."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""

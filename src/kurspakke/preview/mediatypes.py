"""What a file is by its ending: a table of the program's own, as systems disagree.

A Windows registry may say that `.js` is plain text, and a browser told so beside `nosniff` runs nothing at all.
"""

from __future__ import annotations

import codecs
import re

UNKNOWN = "application/octet-stream"
HEAD = 1 << 16
"""So many bytes of a text are looked at before its encoding is told."""

TYPES = {
    ".aac": "audio/aac",
    ".avif": "image/avif",
    ".bmp": "image/bmp",
    ".css": "text/css",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".dtd": "application/xml-dtd",
    ".eot": "application/vnd.ms-fontobject",
    ".epub": "application/epub+zip",
    ".gif": "image/gif",
    ".htm": "text/html",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".ics": "text/calendar",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".m3u8": "application/vnd.apple.mpegurl",
    ".m4a": "audio/mp4",
    ".m4v": "video/mp4",
    ".map": "application/json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".mpd": "application/dash+xml",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".ogv": "video/ogg",
    ".opus": "audio/ogg",
    ".otf": "font/otf",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".rtf": "application/rtf",
    ".srt": "text/plain",
    ".svg": "image/svg+xml",
    ".swf": "application/x-shockwave-flash",
    ".ts": "video/mp2t",
    ".ttf": "font/ttf",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".wasm": "application/wasm",
    ".wav": "audio/wav",
    ".weba": "audio/webm",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xhtml": "application/xhtml+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".xsd": "application/xml",
    ".xsl": "application/xml",
    ".zip": "application/zip",
}

_ENCODED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]+)", re.IGNORECASE)
_OTHER_MARKS = (codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)
# How far browsers look for <meta charset> (HTML, 13.2.3.2).
_META_WITHIN = 1024


def media_type(path: str) -> str:
    """The media type of the file at `path`, without parameters."""
    name = path.rpartition("/")[2]
    return TYPES.get(name[name.rfind(".") :].lower() if "." in name else "", UNKNOWN)


def is_text(kind: str) -> bool:
    """Whether the encoding belongs to the type; XML says it in its own first line, JSON has but one."""
    return kind.startswith("text/")


def content_type(kind: str, head: bytes) -> str:
    """The value of `Content-Type` for a file that begins with `head`.

    Texts are UTF-8, unless they say or show that they are not: old packages often are not, and an LMS that says
    nothing about the encoding shows them right.
    """
    if not is_text(kind) or head.startswith(_OTHER_MARKS):
        return kind
    declared = _ENCODED.search(head[:_META_WITHIN]) if kind == "text/html" else None
    if declared and declared[1].lower() not in {b"utf-8", b"utf8"}:
        return kind
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head[:HEAD])
    except UnicodeDecodeError:
        return kind
    return f"{kind}; charset=utf-8"

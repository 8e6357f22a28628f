"""The URL of a place to publish to, and what of it may be shown."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from kurspakke.findings import KurspakkeError

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")


@dataclass(frozen=True, slots=True)
class Address:
    """A URL to publish below. Only `shown` may be printed: in `url` there may be a password."""

    url: str
    scheme: str
    shown: str

    @classmethod
    def of(cls, url: str) -> Address:
        """The address in `url`; KurspakkeError where that can't be the name of a folder in a store."""
        found = _SCHEME.match(url)
        if not found:
            raise KurspakkeError("that is no URL", "write it like s3://bucket/folder")
        scheme, rest = found[1].lower(), url[found.end() :].rstrip("/")
        host, slash, path = rest.partition("/")
        who, at, host = host.rpartition("@")
        shown = f"{scheme}://{'…@' if ':' in who else who + at}{host}{slash}{path.partition('?')[0]}"
        if "?" in rest:
            raise KurspakkeError(
                f"{shown}: nothing may follow a «?» in the URL of a store",
                "keys and settings are taken from the environment and the settings files of the store",
            )
        if "::" in url or ".." in path.split("/"):
            raise KurspakkeError(
                f"{shown}: «::» and «..» name no place to publish to", "write the whole path"
            )
        if scheme in {"http", "https"}:
            raise KurspakkeError(
                f"{shown}: nothing can be put at a web address",
                "name the store behind it, like s3://bucket/folder or sftp://host/folder",
            )
        return cls(f"{scheme}://{rest}", scheme, shown)

    def workshop(self) -> Path:
        """The folder on this machine where a release for this address is made ready; it need not exist.

        It is the user's cache: everything in it can be made again, and only saves time.
        """
        from platformdirs import user_cache_path

        name = hashlib.sha256(self.shown.encode()).hexdigest()[:16]
        return user_cache_path("kurspakke", appauthor=False) / "published" / name

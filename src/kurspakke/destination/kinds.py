"""What kinds of stores do differently, by the scheme of the URL: one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

PART = 5 << 20
"""Bytes of one part of a large file. S3 takes at most 10,000 parts, none but the last below 5 MiB."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How files come into a store, and what it can tell of those that are there.

    `whole`: a file appears when all of it has arrived; else it is written under another name, and renamed.
    `copies`: the store copies a file itself, and the copy is done when it says so.
    `etags`: what it calls ETag is made of MD5 sums, by `checksum.py`.
    `package` has to be installed besides fsspec; `keys` is where it looks for what opens the store.
    """

    package: str = ""
    keys: str = "where the store's own tools look for them"
    whole: bool = False
    copies: bool = False
    etags: bool = False
    put: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


_FOLDER = Kind()
_S3 = Kind(
    "s3fs",
    "in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or as a profile in ~/.aws",
    whole=True,
    copies=True,
    etags=True,
    put={"chunksize": PART, "max_concurrency": 1},
)
_GOOGLE = Kind("gcsfs", "by `gcloud auth application-default login`", whole=True, copies=True)
# Azure answers before it has copied.
_AZURE = Kind(
    "adlfs",
    "in AZURE_STORAGE_CONNECTION_STRING, or in AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY",
    whole=True,
)
_SFTP = Kind("paramiko", "in your SSH agent, or as a key in ~/.ssh")

KINDS: Mapping[str, Kind] = {
    "s3": _S3,
    "s3a": _S3,
    "gs": _GOOGLE,
    "gcs": _GOOGLE,
    "az": _AZURE,
    "abfs": _AZURE,
    "abfss": _AZURE,
    "sftp": _SFTP,
    "ssh": _SFTP,
    "smb": Kind("smbprotocol"),
}


def kind_of(scheme: str) -> Kind:
    """The kind behind a scheme; what is not in the table is taken for a folder of plain files."""
    return KINDS.get(scheme, _FOLDER)

"""From an address to fsspec's file system for it, or to the word for what is missing."""

from __future__ import annotations

from typing import Any

from kurspakke.destination.address import Address
from kurspakke.destination.kinds import kind_of
from kurspakke.destination.refusals import code, needed, refusing
from kurspakke.findings import KurspakkeError


def opened(address: Address) -> tuple[Any, str]:
    """The file system that fsspec has for it, and the path in it that the address names.

    KurspakkeError where the scheme is not known, its package is not installed, or it wants settings that are not
    there; most stores are not asked anything yet.
    """
    _require(address)
    from fsspec.core import url_to_fs

    keys = kind_of(address.scheme).keys
    with refusing(address.shown, keys):
        try:
            system, root = url_to_fs(address.url)
        except (TypeError, ValueError) as error:
            message = f"{address.shown}: settings are missing or wrong ({code(error)})"
            raise KurspakkeError(message, needed(keys)) from None
    if not str(root).strip("/"):
        message = f"{address.shown}: that names no bucket and no folder"
        raise KurspakkeError(message, "write it like s3://bucket/folder")
    return system, str(root)


def _require(address: Address) -> None:
    """Raise KurspakkeError unless fsspec is there and knows the scheme, and what it needs for it is there too."""
    try:
        from fsspec import get_filesystem_class
    except ImportError:
        raise _lacking(address, "'kurspakke[remote]'") from None
    try:
        get_filesystem_class(address.scheme)
    except ValueError:
        hint = "s3://, gs://, az://, sftp:// and file:// are known, and whatever else fsspec has"
        raise KurspakkeError(f"{address.shown}: nothing is known of {address.scheme}://", hint) from None
    except ImportError as error:
        # Where the table has no package: the module that was looked for mostly has the same name.
        module = error.__cause__.name if isinstance(error.__cause__, ImportError) else None
        known = kind_of(address.scheme).package
        raise _lacking(address, known or module or f"what fsspec needs for {address.scheme}://") from None


def _lacking(address: Address, package: str) -> KurspakkeError:
    return KurspakkeError(
        f"{address.shown}: what speaks {address.scheme}:// is not installed", f"pip install {package}"
    )

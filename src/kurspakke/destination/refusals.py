"""What a store refuses, in words: never the store's own, which may quote keys and signed addresses."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kurspakke.findings import KurspakkeError

_AGAIN = "run the same command again: what has been sent is not sent once more"

_NO_ACCESS = re.compile(
    r"PermissionError|NoCredentials|PartialCredentials|CredentialRetrieval|TokenRetrieval|Authenticat|Unauthorized"
    r"|AccessDenied|Forbidden|InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|InvalidToken|BadHostKey"
)
_UNREACHED = re.compile(
    r"Connect|Timeout|TimedOut|gaierror|NameResolution|ServerDisconnected|ClientOSError|ServiceRequestError"
    r"|IncompleteRead|EOFError|NoValidConnections|SSHException|ClientPayload"
)
_MISSING = re.compile(r"FileNotFoundError|NoSuchBucket|ContainerNotFound|ResourceNotFound|NotADirectory")
_UNABLE = re.compile(r"NotImplementedError")
_FULL = {errno.ENOSPC, errno.EDQUOT}


@contextmanager
def refusing(where: str, keys: str) -> Iterator[None]:
    """Turn whatever a store's library raises at `where` into a KurspakkeError with a remedy.

    `keys` says where the keys to the store are looked for (`kinds.py`).

    What the system says of a file of this machine goes through as it is.
    """
    try:
        yield
    except KurspakkeError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and _is_here(error):
            raise
        raise _refusal(where, keys, error) from None


def needed(keys: str) -> str:
    """What keys there must be, and where."""
    return f"give keys that may list, read, write and delete there, {keys}"


def _refusal(where: str, keys: str, error: Exception) -> KurspakkeError:
    chain = list(_chain(error))
    names = " ".join(name for one in chain for name in _names(one))
    if any(isinstance(one, OSError) and one.errno in _FULL for one in chain):
        return KurspakkeError(f"{where}: there is no room left", f"make room there, and {_AGAIN}")
    if _UNABLE.search(names):
        return KurspakkeError(
            f"{where}: nothing can be written to that kind of store", "choose another one with -o"
        )
    if _NO_ACCESS.search(names):
        return KurspakkeError(f"{where}: no access ({code(error)})", needed(keys))
    if _MISSING.search(names):
        return KurspakkeError(
            f"{where}: there is no such bucket or folder", "make it first, or mend the name after -o"
        )
    if _UNREACHED.search(names):
        return KurspakkeError(
            f"{where}: the store can't be reached ({code(error)})",
            f"see that the network is up and that the address is right, and {_AGAIN}",
        )
    return KurspakkeError(f"{where}: the store refused ({code(error)})", _AGAIN)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    now: BaseException | None = error
    while now is not None and now not in seen:
        seen.append(now)
        yield now
        now = now.__cause__ or now.__context__


def _names(error: BaseException) -> Iterator[str]:
    yield from (
        kind.__name__ for kind in type(error).__mro__ if kind not in {BaseException, Exception, object}
    )
    yield from _codes(error)


def _codes(error: BaseException) -> Iterator[str]:
    """The word for the error that S3 or Azure puts beside its text, such as `SlowDown`."""
    response = getattr(error, "response", None)
    if isinstance(response, dict):
        details = response.get("Error")
        yield _word(details.get("Code")) if isinstance(details, dict) else ""
    yield _word(getattr(error, "error_code", None))


def code(error: BaseException) -> str:
    """One word for an error, which quotes nothing."""
    for one in _chain(error):
        if codes := [word for word in _codes(one) if word]:
            return codes[0]
    return type(error).__name__


def _word(value: object) -> str:
    text = str(getattr(value, "value", value))
    return text if value is not None and re.fullmatch(r"[A-Za-z0-9]{1,48}", text) else ""


def _is_here(error: OSError) -> bool:
    return isinstance(error.filename, str | Path) and Path(error.filename).is_absolute()

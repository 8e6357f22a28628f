"""A request to the LRS, however it was written (xAPI 1.0.3, part three, 1.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from kurspakke.lrs.refusal import RefusalError

_IN_THE_FORM = {
    *("authorization", "x-experience-api-version", "content-type", "content-length"),
    *("if-match", "if-none-match"),
}
_METHODS = frozenset({"GET", "HEAD", "PUT", "POST", "DELETE"})
_FORM = "application/x-www-form-urlencoded"
_MOST_PARAMETERS = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: `resource` is the path below the endpoint, the names of `headers` are in lower case.

    `root` is the path of the endpoint, without a slash at its end.
    """

    method: str
    resource: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    root: str = ""

    @property
    def media_type(self) -> str:
        """The media type of the body in lower case, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def read_query(text: str) -> dict[str, str]:
    """The parameters of a query string or form.

    Raises RefusalError (400) for one that is there twice, or is not UTF-8.
    """
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except ValueError as error:
        raise RefusalError(400, f"the parameters can't be read: {error}") from None
    found = dict(pairs)
    if len(found) != len(pairs):
        raise RefusalError(400, "a parameter is there twice")
    return found


def unwrapped(asked: Asked) -> Asked:
    """The request meant by a POST with `method` in its query: old browsers could send nothing else across origins.

    Its form holds the parameters, the headers, and the body as `content`. Other requests are returned as they are.
    """
    if asked.method != "POST" or "method" not in asked.query:
        return asked
    method = asked.query["method"]
    if method not in _METHODS:
        raise RefusalError(400, f"there is no method {method!r}")
    if len(asked.query) > 1:
        raise RefusalError(400, "beside `method`, parameters belong into the form")
    if asked.body and asked.media_type != _FORM:
        raise RefusalError(400, f"a request with `method` in its query has a form as its body: {_FORM}")
    try:
        form = read_query(asked.body.decode("ascii"))
    except UnicodeDecodeError:
        raise RefusalError(400, "the form is not URL-encoded") from None
    headers = {**asked.headers, **_headers(form.items())}
    if not any(name.lower() == "content-type" for name in form):
        headers["content-type"] = "application/json"
    query = {name: value for name, value in form.items() if name.lower() not in {*_IN_THE_FORM, "content"}}
    if method in {"PUT", "POST"} and "content" not in form:
        raise RefusalError(400, "the form has no `content`")
    return replace(
        asked, method=method, query=query, headers=headers, body=form.get("content", "").encode("utf-8")
    )


def _headers(form: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name.lower(): value for name, value in form if name.lower() in _IN_THE_FORM}

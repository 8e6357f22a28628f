"""How a course looks to others: dark, in forced colours, without motion, on paper, without scripts.

A page can't switch these in the browser that shows it, so its style sheets are rewritten on their way: what a media
query asks for is answered as that look would answer it (Media Queries 4 and 5). Scripts that ask by `matchMedia` get
the browser's own answer; without scripts is the browser's own doing, by a sandbox in the page's policy.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

LOOKS = ("dark", "forced-colors", "reduced-motion", "no-script", "print")
"""The words for them, in addresses too (`?look=dark,print`); `none` takes them all off."""

SANDBOX = "sandbox allow-same-origin allow-forms allow-modals allow-popups allow-downloads"
"""The Content-Security-Policy under which the browser runs no script of the page (CSP 3, section 6.3.2)."""

_TRUE, _FALSE = "(min-width: 0px)", "(max-width: 0px)"
_ANSWERS: Mapping[str, Mapping[str, str]] = {
    "dark": {"prefers-color-scheme": "dark"},
    "forced-colors": {"forced-colors": "active"},
    "reduced-motion": {"prefers-reduced-motion": "reduce"},
}
# A medium that no browser is (Media Queries 4, section 2.3): what was for screens is for nothing now.
_MEDIA = {"print": "screen", "screen": "tty"}
# In the order of the language: comments and strings first, since nothing in them is a rule.
_RULE = re.compile(
    r"""/\*.*?\*/ | "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*'
    | (?P<rule>@media\b[^{};]* | @import\b(?:"[^"]*"|'[^']*'|[^;"'])*)""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_KEPT = re.compile(
    r"""/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^)]*\)""", re.DOTALL | re.IGNORECASE
)
_FEATURE = re.compile(r"\(\s*([a-z-]+)\s*(?::\s*([a-z-]+)\s*)?\)", re.IGNORECASE)
_MEDIUM = re.compile(r"(?<![\w(-])(print|screen)(?![\w-])", re.IGNORECASE)
_MEDIA_ATTRIBUTE = re.compile(
    r"""(<(?:link|style|source|meta)\b[^>]*?\smedia\s*=\s*["']?)((?<=")[^"]*|(?<=')[^']*|[^\s"'>]+)""",
    re.IGNORECASE,
)
_STYLE = re.compile(r"(<style\b[^>]*>)(.*?)(</style)", re.IGNORECASE | re.DOTALL)
_HEAD_END = re.compile(r"</head\s*>|<body\b", re.IGNORECASE)
_ADDED = {
    "dark": ":root { color-scheme: dark !important }",
    "forced-colors": (
        "*, ::before, ::after { color: CanvasText !important; border-color: CanvasText !important; "
        "outline-color: CanvasText !important; text-shadow: none !important; box-shadow: none !important; "
        "background-color: Canvas !important } "
        "svg * { fill: CanvasText; stroke: CanvasText } "
        "a:any-link, a:any-link * { color: LinkText !important } "
        "button, [role=button], input, select, textarea { color: ButtonText !important; "
        "background-color: ButtonFace !important; border-color: ButtonBorder !important } "
        ":disabled, :disabled * { color: GrayText !important }"
    ),
}


def looks_named(words: str) -> frozenset[str]:
    """The looks in a query such as `?look=dark,print`; words that are none are nothing."""
    return frozenset(LOOKS).intersection(word.strip() for word in words.split(","))


def dressed_css(css: str, looks: Collection[str]) -> str:
    """The style sheet as it is with these looks on: its media queries answered."""
    return _RULE.sub(lambda found: dressed_query(found[0], looks) if found["rule"] else found[0], css)


def dressed_sheet(css: str, looks: Collection[str]) -> str:
    """The same of a file, and what a look adds: a page's own policy may allow it no styles but those of files."""
    return "\n".join([dressed_css(css, looks), *_added(looks)])


def dressed_query(query: str, looks: Collection[str]) -> str:
    """A media query list, or a rule that has one, with what it asks for answered: by true, false, or another medium."""
    parts, at = [], 0
    for kept in _KEPT.finditer(query):
        parts += [_answered(query[at : kept.start()], looks), kept[0]]
        at = kept.end()
    return "".join([*parts, _answered(query[at:], looks)])


def dressed_html(html: str, looks: Collection[str]) -> str:
    """The page as it is with these looks on: its own styles, its `media` attributes, and what a look adds."""
    html = _STYLE.sub(lambda found: found[1] + dressed_css(found[2], looks) + found[3], html)
    html = _MEDIA_ATTRIBUTE.sub(lambda found: found[1] + dressed_query(found[2], looks), html)
    added = " ".join(_added(looks))
    if not added:
        return html
    style = f"<style>{added}</style>"
    end = _HEAD_END.search(html)
    return html[: end.start()] + style + html[end.start() :] if end else style + html


def policy(looks: Collection[str]) -> str:
    """What the page's Content-Security-Policy has to say besides; empty if nothing."""
    return SANDBOX if "no-script" in looks else ""


def _answered(text: str, looks: Collection[str]) -> str:
    answers = {name: value for look in looks for name, value in _ANSWERS.get(look, {}).items()}

    def feature(found: re.Match[str]) -> str:
        wanted = answers.get(found[1].lower())
        if wanted is None:
            return found[0]
        # Without a value the question is whether there is any such preference (Media Queries 4, section 2.4.2).
        return _TRUE if found[2] is None or found[2].lower() == wanted else _FALSE

    text = _FEATURE.sub(feature, text)
    if "print" not in looks:
        return text
    return _MEDIUM.sub(lambda found: _MEDIA[found[1].lower()], text)


def _added(looks: Collection[str]) -> Iterable[str]:
    # Colours of the system follow the scheme: forced colours are dark where dark is on too.
    return (_ADDED[look] for look in LOOKS if look in looks and look in _ADDED)

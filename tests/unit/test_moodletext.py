"""Titles as Moodle 4.1 was seen to show them (mod/scorm, run with PHP 8.2)."""

from __future__ import annotations

import pytest

from kurspakke.moodletext import as_moodle_reads


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("HMS &amp; økonomi", "HMS &økonomi"),
        ("HMS &amp; brann", "HMS & brann"),
        ("HMS &amp;\u00a0økonomi", "HMS &\u00a0økonomi"),
        ("&quot;x&quot; &amp; y", '"x"& y'),
        ("&#229;", "&#229;"),
        ("<![CDATA[A & B]]>", "A &amp; B"),
        ("0", ""),
        ("Mer om økonomi", "Mer om økonomi"),
        ("\n    Søknaden\n  ", "Søknaden"),
    ],
)
def test_titles(markup: str, shown: str) -> None:
    assert as_moodle_reads(markup) == shown

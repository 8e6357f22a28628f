from __future__ import annotations

import pytest

from kurspakke.filesize import shown


@pytest.mark.parametrize(
    ("size", "norwegian", "english"),
    [
        (0, "1 kB", "1 kB"),
        (1, "1 kB", "1 kB"),
        (1_499, "1 kB", "1 kB"),
        (240_400, "240 kB", "240 kB"),
        (999_400, "999 kB", "999 kB"),
        (999_600, "1,0 MB", "1.0 MB"),
        (1_234_567, "1,2 MB", "1.2 MB"),
        (9_940_000, "9,9 MB", "9.9 MB"),
        (9_960_000, "10 MB", "10 MB"),
        (23_600_000, "24 MB", "24 MB"),
        (1_500_000_000, "1,5 GB", "1.5 GB"),
    ],
)
def test_the_size_of_a_file(size: int, norwegian: str, english: str) -> None:
    assert shown(size, "nb").replace("\N{NO-BREAK SPACE}", " ") == norwegian
    assert shown(size, "nn") == shown(size, "se") == shown(size, "nb")
    assert shown(size, "en").replace("\N{NO-BREAK SPACE}", " ") == english

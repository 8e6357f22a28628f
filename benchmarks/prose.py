"""Norwegian prose by the metre: the same for the same seed, with the words and the length of real course text."""

from __future__ import annotations

from random import Random

_WHO = (
    *("Kommunen", "Tjenesten", "Saksbehandleren", "Lederen", "Innbyggeren", "Skolen", "Hjemmetjenesten"),
    *("Biblioteket", "Kommunestyret", "Byggesaksavdelingen", "Barnehagen", "En pårørende", "Fylkeskommunen"),
)
_DOES = (
    *("spør etter", "rydder i", "deler erfaringer om", "begynner med", "skriver ned", "tar ansvar for"),
    *("prøver ut", "følger opp", "forenkler", "øver på", "må svare for", "ser nærmere på", "velger bort"),
)
_WHAT = (
    *("behovet bak søknaden", "opplysningene kommunen har fra før", "rutinene som ingen husker grunnen til"),
    *(
        "målene i kommuneplanen",
        "språket i vedtakene",
        "arbeidsdelingen mellom enhetene",
        "de gamle skjemaene",
    ),
    *("det som virket i nabokommunen", "gevinsten for innbyggerne", "tilgangen til fagsystemet", "ventetida"),
)
_WHEN = (
    *(
        "før budsjettet er vedtatt",
        "sammen med de tillitsvalgte",
        "i løpet av høsten",
        "på tvers av fagområder",
    ),
    *("uten å vente på et nytt system", "når hverdagen tillater det", "mens det ennå går an å snu"),
    *("slik at flere får tid til dem som trenger det", "også når det blåser", "hver eneste måned"),
)


def sentence(dice: Random) -> str:
    """One sentence."""
    parts = (dice.choice(_WHO), dice.choice(_DOES), dice.choice(_WHAT), dice.choice(_WHEN))
    return f"{' '.join(parts)}."


def paragraph(dice: Random, sentences: int = 5) -> str:
    """Some sentences, the first one marked by bold type."""
    first, *more = (sentence(dice) for _ in range(sentences))
    return " ".join([f"**{first}**", *more])


def heading(dice: Random) -> str:
    """A few words without a full stop."""
    return f"{dice.choice(_WHO)} og {dice.choice(_WHAT)}"

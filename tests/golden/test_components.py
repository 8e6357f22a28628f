"""Each component's examples, and the HTML that comes of them."""

from pathlib import Path

import pytest

from kurspakke import yamltree
from kurspakke.components import COMPONENTS
from kurspakke.course import Module, Page
from kurspakke.render import Place, Renderer
from kurspakke.shape import shape
from kurspakke.sourcereader import read_source
from kurspakke.unit import Unit
from kurspakke.variant import Variant
from kurspakke.words import words
from tests.golden.golden import compare_file

HERE = Path(__file__).parent
PLACE = Place(
    url=lambda module, src: f"media/{module}-{src}", size=lambda *_: (40, 30), bytes=lambda *_: 1_234_567
)


def rendered(page: Page) -> str:
    """The components of a page, as a document has them."""
    course = read_source(HERE / "course").course
    assert course
    module = Module(head=course.modules[0].head, pages=(page,))
    unit = Unit(course, (module,), Variant("nb"), combined=False)
    document = Renderer(HERE, words("nb"), "nb").document(unit, (module,), "web", "{}", PLACE).decode()
    start, end = document.index('<div class="component'), document.index("</section>")
    return document[start:end]


@pytest.mark.parametrize("kind", COMPONENTS)
def test_the_examples_of_a_component(kind: str, request: pytest.FixtureRequest) -> None:
    file = HERE / "components" / f"{kind}.yaml"
    shaped = shape(yamltree.read(file.read_bytes(), file.name), Page)
    assert shaped.document.faults == ()
    assert shaped.mismatches == ()
    assert shaped.value
    assert {getattr(component, "type", "") for component in shaped.value.components} == {kind}
    compare_file(rendered(shaped.value), file.with_suffix(".html"), request.config)

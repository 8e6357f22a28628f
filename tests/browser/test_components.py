"""What single components do besides being read: folds, addresses of their parts, sound, files, paper."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import BLOCKS, Site

FOLD, OTHER = "post.sporsmal_tid", "post.sporsmal_pris"


def test_a_fold_opens_by_keyboard(page: Page, site: Site) -> None:
    page.goto(site.at(BLOCKS, "post.sporsmal"))
    title = page.locator("summary", has_text="Hvor lang tid")
    expect(page.locator(f"[id='{FOLD}']")).to_be_hidden()
    title.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"[id='{FOLD}']")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.locator(f"[id='{FOLD}']")).to_be_hidden()


def test_an_address_opens_its_fold_and_leads_to_its_title(page: Page, site: Site) -> None:
    page.goto(site.at(BLOCKS, FOLD))
    expect(page.locator(f"[id='{FOLD}']")).to_be_visible()
    expect(page.locator(f"[id='{OTHER}']")).to_be_hidden()
    expect(page.locator("summary", has_text="Hvor lang tid")).to_be_focused()
    expect(page.locator("summary", has_text="Hvor lang tid")).to_be_in_viewport()
    page.evaluate("id => { location.hash = id }", OTHER)
    expect(page.locator(f"[id='{OTHER}']")).to_be_visible()
    expect(page.locator("summary", has_text="Hva koster")).to_be_focused()


def test_an_address_opens_its_fold_with_scripts_off(browser: Browser, site: Site) -> None:
    without = browser.new_context(java_script_enabled=False)
    reading = without.new_page()
    seen: list[bool] = []
    while not any(seen) and len(seen) < 12:
        reading.goto("about:blank")
        reading.goto(site.at(BLOCKS, FOLD))
        expect(reading.locator(f"[id='{FOLD}']")).to_be_visible()
        expect(reading.locator(f"[id='{OTHER}']")).to_be_hidden()
        summary = reading.locator("summary", has_text="Hvor lang tid").bounding_box()
        seen.append(summary is not None and 0 <= summary["y"] < 720)
    # Where scripts are off the scrolling is all the browser's; a busy Chromium now and then leaves it out.
    assert any(seen)
    without.close()


def test_paper_gets_what_is_folded(page: Page, site: Site) -> None:
    page.goto(site.at(BLOCKS))
    page.emulate_media(media="print")
    for text in ("To dager.", "Klokka slår åtte.", "Et brev reiser."):
        expect(page.get_by_text(text)).to_be_visible()
    expect(page.locator("audio:visible, video:visible, .media-facts:visible")).to_have_count(0)


def test_what_a_style_sheet_cannot_unfold_is_opened_for_paper_and_closed_again(
    page: Page, site: Site
) -> None:
    page.goto(site.at(BLOCKS, OTHER))
    folds = page.locator("details.paper")
    opened = page.locator("details.paper[open]")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(opened).to_have_count(folds.count())
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(opened).to_have_count(1)
    expect(page.locator(f"[id='{OTHER}']")).to_be_visible()


def test_sound_stops_when_the_page_is_turned(page: Page, site: Site) -> None:
    page.goto(site.at(BLOCKS, "post.klokka"))
    # The call is what counts: no recording has to be played for that.
    page.evaluate("() => { HTMLMediaElement.prototype.pause = function () { this.dataset.paused = 'yes' } }")
    page.evaluate("location.hash = 'post.lese'")
    expect(page.locator("audio[data-paused]")).to_have_count(1)


def test_a_file_is_fetched_under_its_name(page: Page, site: Site) -> None:
    page.goto(site.at(BLOCKS, "post.priser"))
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Prisene (CSV, 1\N{NO-BREAK SPACE}kB)").click()
    assert fetched.value.suggested_filename == "post-priser-pa-brev.csv"
    assert fetched.value.path().read_text() == "brev;pris\nlite;29\nstort;58\n"


def test_cards_stand_in_one_column_where_it_is_narrow(page: Page, site: Site) -> None:
    page.goto(site.at(BLOCKS, "post.slag"))
    for width, columns in ((320, 1), (1440, 2)):
        page.set_viewport_size({"width": width, "height": 800})
        lefts = page.locator(".card").evaluate_all("cards => cards.map((card) => card.offsetLeft)")
        assert len(set(lefts)) == columns

"""起草 as a clerk works there: a ledger on the desk, a part turned to, words typed, what the report then shows."""

from pathlib import Path

from domain import SECTION_TITLES

LEDGER = sorted((Path(__file__).parents[2] / "knowledge" / "examples").glob("*.xlsx"))[-1]
BY_RULE = "由系统按台账直接写成"


def open_page(page, name):
    page.get_by_role("tab", name=name, exact=True).click()


def part(title):
    """The SECTION name of a part by its title, or by a piece of it that no other has."""
    return next(name for name, said in SECTION_TITLES.items() if title in said)


def with_ledger(page, address):
    """起草 with the first ledger of a workbench; a second one would lay the section out again under the test's hands."""
    page.goto(address)
    open_page(page, "数据")
    page.locator("#ledger input[type=file]").set_input_files(LEDGER)
    page.locator("#verdict .pass").wait_for()
    turned_to_drafts(page)


def opened(page, address):
    page.goto(address)
    turned_to_drafts(page)


def turned_to_drafts(page):
    open_page(page, "起草")
    page.locator("#draft-basis .put").first.wait_for()


def choose(page, section):
    page.locator(f"#parts [data-part={part(section)}]").click()
    page.locator(f"#draft-text .paper[aria-label*='{section}']").wait_for()


def written(page, section):
    """The section as the ledger gives it, whatever stood there before."""
    choose(page, section)
    page.locator("#draft").click()
    page.locator("#offers [role=status], #offers .every").first.wait_for()
    if page.locator("#offers .every").count():
        page.get_by_role("button", name="全部采用").click()
        page.locator("#offers .every").wait_for(state="detached")
    page.locator("#draft-text .kept", has_text=BY_RULE).wait_for()


def drafted(page, section):
    """The section's paper with a draft that the ledger gives."""
    written(page, section)
    page.locator("#draft-text .paper .figure").first.wait_for()
    return page.locator("#draft-text .paper")


def type_at_end(page, words):
    page.locator("#draft-text .paper").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)
    page.locator("#draft-text .kept", has_text="已保存").wait_for()


def exported(page):
    """The report as the page shows it, once it does not say that it is being brought up to date."""
    open_page(page, "报告")
    page.locator("#preview:not([data-stale])").wait_for()
    text = page.frame_locator("#preview iframe").locator("body").inner_text()
    open_page(page, "起草")
    return text


def typed_on(page, words):
    """Words at the end of the sheet, with no waiting until they are kept."""
    page.locator("#draft-text .paper").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)

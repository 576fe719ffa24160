"""Make docs/workbench.png from the running product: ``python docs/take_screenshot.py [ADDRESS]``."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

import bootstrap

QUESTION = "申请人反复大量提交申请怎么办？"


def main(address: str = "http://127.0.0.1:7860") -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=bootstrap.find_browser(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        page.goto(address)
        page.locator("#question textarea, #question input").fill(QUESTION)
        page.locator("#send").click()
        page.locator("#cited .evidence").wait_for(timeout=240_000)
        page.wait_for_timeout(1500)
        page.screenshot(path=Path(__file__).parent / "workbench.png")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])

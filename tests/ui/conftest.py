"""A real server and a real Chromium for the browser tests."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from PIL import Image

from tests.ui.waiting import settled

ROOT = Path(__file__).parents[2]
EVERYTHING = bool(os.environ.get("GONGKAI_TEST_ALL"))
START_SECONDS = 120
TOUR = ROOT / "docs" / "tour"
SEVERE = ("serious", "critical")
SETTLES_WITHIN = 20  # s: by then nothing on a page is still fading in or being exchanged


class Servers:
    """``serve(GONGKAI_LLM="none")`` starts a workbench and gives its address.

    Its data folder is a copy of the built-in knowledge, unless GONGKAI_HOME names another.
    """

    def __init__(self, folders, filled_home):
        self._folders = folders
        self._filled_home = filled_home
        self._running = {}

    def __call__(self, **settings):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        folder = self._folders.mktemp("workbench")
        if "GONGKAI_HOME" not in settings:
            shutil.copytree(self._filled_home, folder / "data")
        environment = os.environ | {"GONGKAI_HOME": str(folder / "data"), "HF_HUB_OFFLINE": "1"} | settings
        with (folder / "server.log").open("w", encoding="utf-8") as log:
            process = subprocess.Popen(
                [sys.executable, "app.py", "serve", "--port", str(port)],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        address = f"http://127.0.0.1:{port}"
        self._running[address] = process
        _wait(address, process, folder / "server.log")
        return address

    def kill(self, address):
        """End a server as a power cut would."""
        process = self._running.pop(address)
        process.kill()
        process.wait(timeout=20)

    def end(self):
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            process.wait(timeout=20)


@pytest.fixture(scope="module")
def serve(tmp_path_factory, filled_home):
    """Workbenches of their own processes; all end with the module."""
    servers = Servers(tmp_path_factory, filled_home)
    yield servers
    servers.end()


def _wait(address, process, log):
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            assert process.poll() is None, log.read_text(encoding="utf-8")
            time.sleep(0.3)
    raise AssertionError(f"no answer after {START_SECONDS} s:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def chromium(browser_path):
    """A headless Chromium of this machine."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    item.failed = getattr(item, "failed", False) or report.failed
    return report


@pytest.fixture
def new_page(chromium, request):
    """``new_page()``: a page of its own browser profile, the size of an office screen unless told.

    ``page.outside`` lists what it asked of any other machine. A failed test tells what its pages showed.
    """
    contexts = []

    def new(width=1366, height=768, **options):
        size = {"width": width, "height": height}
        contexts.append(chromium.new_context(viewport=size, locale="zh-CN", accept_downloads=True, **options))
        page = contexts[-1].new_page()
        page.outside = []
        page.on("request", lambda r: page.outside.append(r.url) if not _local(r.url) else None)
        page.set_default_timeout(60_000)
        return page

    yield new
    for context in contexts:
        for shown in context.pages if getattr(request.node, "failed", False) else ():
            print(f"{shown.url}\n{shown.locator('body').aria_snapshot()}")
        context.close()


@pytest.fixture
def page(new_page):
    """A fresh page of the size of an office screen."""
    return new_page()


@pytest.fixture(scope="session")
def no_serious_findings():
    """``no_serious_findings(page)``: axe finds nothing serious on what the page shows now."""
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()

    def severe(page):
        return [
            f"{finding['id']} ({finding['impact']}): {node['html'][:160]}\n    {node['failureSummary'][:300]}"
            for finding in axe.run(page).response["violations"]
            if finding["impact"] in SEVERE
            for node in finding["nodes"]
        ]

    def look(page):
        # What fades in or is being exchanged looks faint for a moment; a finding is what stays.
        deadline = time.monotonic() + SETTLES_WITHIN
        while found := severe(page):
            assert time.monotonic() < deadline, "\n".join(found)
            settled(page)

    return look


@pytest.fixture(scope="session")
def tour():
    """``tour(page, "01-chat")`` keeps a picture of the page in docs/tour, anew where everything is tested."""

    def keep(page, name):
        picture = TOUR / f"{name}.png"
        if EVERYTHING or not picture.exists():
            TOUR.mkdir(exist_ok=True)
            settled(page)
            page.screenshot(path=picture, animations="disabled", caret="hide")
            with Image.open(picture) as shown:  # a third of the size, with no difference to be seen
                small = shown.convert("RGB").quantize(160, dither=Image.Dither.NONE)
            small.save(picture, optimize=True)

    return keep


def _local(url):
    return url.startswith(("http://127.0.0.1", "data:", "blob:", "ws://127.0.0.1"))

"""A real server and a real Chromium for the browser tests."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
START_SECONDS = 120


@pytest.fixture(scope="session")
def serve(tmp_path_factory):
    """Start a workbench: ``serve(GONGKAI_LLM="none")`` gives its address; all end with the session."""
    running = []

    def start(**settings):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        folder = tmp_path_factory.mktemp("workbench")
        log = (folder / "server.log").open("w", encoding="utf-8")
        environment = os.environ | {"GONGKAI_HOME": str(folder / "data"), "HF_HUB_OFFLINE": "1"} | settings
        process = subprocess.Popen(
            [sys.executable, "app.py", "serve", "--port", str(port)],
            cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT,
        )
        running.append(process)
        address = f"http://127.0.0.1:{port}"
        _wait(address, process, folder / "server.log")
        return address

    yield start
    for process in running:
        process.terminate()
        process.wait(timeout=20)


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


@pytest.fixture
def page(chromium):
    """A fresh page of the size of an office screen that may reach nothing but this machine."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", accept_downloads=True)
    page = context.new_page()
    page.outside = []
    page.on("request", lambda r: page.outside.append(r.url) if not _local(r.url) else None)
    page.set_default_timeout(60_000)
    yield page
    context.close()


def _local(url):
    return url.startswith(("http://127.0.0.1", "data:", "blob:", "ws://127.0.0.1"))

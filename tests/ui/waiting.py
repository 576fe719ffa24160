"""What a browser test waits for where nothing new is shown: always a state, never a number of seconds."""

from contextlib import contextmanager


@contextmanager
def offline(page):
    """Off the network until what was typed meanwhile has been sent in vain."""
    page.context.set_offline(True)
    with page.expect_event("requestfailed", lambda request: "queue/join" in request.url):
        yield
    page.context.set_offline(False)


def settled(page):
    """Nothing moves or fades in any more, and what was laid out anew is drawn."""
    page.wait_for_function(
        "document.getAnimations().every(each => each.playState !== 'running'"
        " || each.effect?.getComputedTiming().iterations === Infinity)"
    )
    page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")

"""What a browser test waits for where nothing new is shown: always a state, never a number of seconds."""

from contextlib import contextmanager


def sent_in_vain(page):
    """With what is typed inside: until it has been sent and did not arrive."""
    return page.expect_event("requestfailed", lambda request: "queue/join" in request.url)


@contextmanager
def offline(page):
    """Off the network until what was typed meanwhile has been sent in vain."""
    page.context.set_offline(True)
    with sent_in_vain(page):
        yield
    page.context.set_offline(False)


def settled(page):
    """Nothing moves or fades in any more, and what was laid out anew is drawn."""
    page.wait_for_function(
        "document.getAnimations().every(each => each.playState !== 'running'"
        " || each.effect?.getComputedTiming().iterations === Infinity)"
    )
    page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")

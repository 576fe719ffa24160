"""The page as Gradio's, but for how the results of a handler that yields several are sent to the browser.

Gradio sends what has changed since the result before, and its client (6.31.0) makes these changes in the very object
that holds the earlier result. Where two results come in one go, as on a busy computer, the page then never sees
what the first one said and the second did not repeat: a label, the choices of a list.
"""

from __future__ import annotations

from typing import Any

import gradio as gr


class Page(gr.Blocks):
    """Blocks that send each changed output whole, so that a later result leaves the earlier one as it was."""

    def handle_streaming_diffs(
        self,
        block_fn: Any,
        data: list,
        session_hash: str | None,
        run: str | None,
        final: bool,
        simple_format: bool = False,
    ) -> list:
        """One result's outputs: the first as they are, later ones as edits, none or one that replaces all."""
        known = self.pending_diff_streams.get(session_hash, {}).get(run)
        earlier = None if known is None else list(known)
        whole = super().handle_streaming_diffs(block_fn, data, session_hash, run, final, simple_format=True)
        if earlier is None or final or simple_format:
            return whole
        return [
            [] if at < len(earlier) and earlier[at] == value else [["replace", [], value]]
            for at, value in enumerate(whole)
        ]

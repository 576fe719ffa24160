"""The page as Gradio's, but for how the results of a handler that yields several are sent to the browser.

Gradio sends what has changed since the result before, and its client (6.31.0) makes these changes in the very object
that holds the earlier result. Where two results come in one go, as on a busy computer, the page then never sees
what the first one said and the second did not repeat: a label, the choices of a list.
"""

from __future__ import annotations

from copy import copy
from typing import Any

import gradio as gr
from gradio.blocks import Block, convert_component_dict_to_list

SKIPPED = gr.skip()


class Frames(gr.Blocks):
    """Blocks that send each changed output whole, so that a later result leaves the earlier one as it was.

    An output that is left as it is costs nothing: Gradio would make its component anew, of eighteen for each frame
    of an answer.
    """

    async def postprocess_data(self, block_fn: Any, predictions: Any, state: Any) -> list[Any]:
        """What is sent of each output; only of those that a handler changes is anything made."""
        given: Any = predictions
        outputs = list(block_fn.outputs)
        if len(outputs) > 1 and isinstance(given, dict) and given:
            skips = given == SKIPPED
            given = [SKIPPED] * len(outputs) if skips else convert_component_dict_to_list(outputs, given)
        for value in given if isinstance(given, (list, tuple)) else [given]:
            if isinstance(value, Block):
                self._let_go(value, state)
        one_each = isinstance(given, (list, tuple)) and len(given) == len(outputs) > 1
        if block_fn.batch or not one_each:
            return await super().postprocess_data(block_fn, given, state)  # pyright: ignore[reportArgumentType]
        left = [isinstance(value, dict) and value == SKIPPED for value in given]
        changed = [value for value, skipped in zip(given, left, strict=True) if not skipped]
        few = copy(block_fn)
        few.outputs = [output for output, skipped in zip(outputs, left, strict=True) if not skipped]
        made = await super().postprocess_data(few, changed[0] if len(changed) == 1 else changed, state)
        sent = iter(made)
        return [
            next(sent) if not skipped else None if output.stateful else dict(SKIPPED)
            for output, skipped in zip(outputs, left, strict=True)
        ]

    def _let_go(self, made: Block, state: Any) -> None:
        """Gradio enters every component by which a handler says what changes into the session and the page, for good."""
        known = vars(made)  # of those that Gradio enters nowhere it makes no more than the arguments
        number, files = known.get("_id"), known.get("temp_files")
        if state is not None and number is not None and state.blocks_config.blocks.get(number) is made:
            del state.blocks_config.blocks[number]
        for place in reversed(range(len(self.temp_file_sets))):
            if self.temp_file_sets[place] is files:
                del self.temp_file_sets[place]
                break

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

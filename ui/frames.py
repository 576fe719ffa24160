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
_QUICK = frozenset({gr.Textbox, gr.Dropdown, gr.Radio, gr.Checkbox, gr.CheckboxGroup, gr.HTML})
"""Controls that look at a value for some microseconds: Gradio would have a thread do it, for each value anew, and whoever
counts at that moment keeps the thread waiting."""
_SHOWS = frozenset({gr.Textbox, gr.HTML})
_LONG = 1 << 16
"""Characters of a value that is left to a thread all the same."""


class Frames(gr.Blocks):
    """Blocks that send each changed output whole, so that a later result leaves the earlier one as it was.

    An output that is left as it is costs nothing: Gradio would make its component anew, of eighteen for each frame
    of an answer.
    """

    async def preprocess_data(
        self, block_fn: Any, inputs: list[Any], state: Any, explicit_call: bool = False
    ) -> list[Any]:
        """What a handler is given, checked by the controls as ever; by quick ones here, not on a thread each."""
        quick = all(each.stateful or type(each) in _QUICK for each in block_fn.inputs)
        if not quick or state is None or not block_fn.preprocess or block_fn.component_prop_inputs:
            return await super().preprocess_data(block_fn, inputs, state, explicit_call)
        bare = copy(block_fn)
        bare.preprocess = False
        given = await super().preprocess_data(bare, inputs, state, explicit_call)
        try:
            return [
                value if each.stateful else state.get(each._id, each).preprocess(value)
                for each, value in zip(block_fn.inputs, given, strict=True)
            ]
        except Exception:  # told by Gradio, in its words
            return await super().preprocess_data(block_fn, inputs, state, explicit_call)

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
        if len(outputs) == 1:
            given = [given]
        one_each = isinstance(given, (list, tuple)) and len(given) == len(outputs) > 0
        if block_fn.batch or not one_each:
            return await super().postprocess_data(block_fn, predictions, state)
        skipped = [isinstance(value, dict) and value == SKIPPED for value in given]
        made: list[Any] = [None if output.stateful else dict(SKIPPED) for output in outputs]
        left = [at for at in range(len(outputs)) if not skipped[at]]
        quick = {at: outputs[at].postprocess(given[at]) for at in left if _is_quick(outputs[at], given[at])}
        slow = {at: given[at] for at in left if at not in quick}
        for some, handed_over in ((quick, False), (slow, True)):
            if not some:
                continue
            few = copy(block_fn)
            few.outputs, few.postprocess = [outputs[at] for at in some], handed_over and block_fn.postprocess
            values = [*some.values()]
            sent = await super().postprocess_data(few, values[0] if len(values) == 1 else values, state)
            for at, value in zip(some, sent, strict=True):
                made[at] = value
        return made

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


def _is_quick(output: Any, value: Any) -> bool:
    """Whether a whole new value is shown by a control that makes nothing of it."""
    return type(output) in _SHOWS and (value is None or isinstance(value, str) and len(value) < _LONG)

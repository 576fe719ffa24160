"""What Gradio keeps of each page that a browser has opened: its states, and the controls that a handler has changed.

Of its own it keeps as well what every control of the page looks like, with each value that was ever sent: 0.7 MB for
each page that was opened, also after it was closed, and for the last ten thousand. That is for links to a page as it
stands (``/deep_link``), of which the workbench has none.
"""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import gradio as gr
from gradio import state_holder

PAGES = 2000
"""Pages of which the states are kept, those that were used last: what is on them is kept by the office anyway."""


class PageSession(state_holder.SessionState):
    """A session that does not note what the controls look like."""

    def __init__(self, blocks: gr.Blocks) -> None:
        super().__init__(SimpleNamespace(default_config=blocks.default_config, blocks={}))  # type: ignore[arg-type]

    def __setitem__(self, key: int, value: Any) -> None:
        block = self.blocks_config.blocks.get(key)
        if isinstance(block, gr.State):
            self._state_ttl[key] = (block.time_to_live, datetime.now())
            self.state_data[key] = value
        else:
            self.blocks_config.blocks[key] = value

    def _update_config(self, key: int) -> None:
        """Nothing is noted."""

    def _update_value_in_config(self, key: int, value: Any) -> None:
        """Nothing is noted."""


def keep_no_looks() -> None:
    """Have Gradio make such sessions."""
    state_holder.SessionState = PageSession

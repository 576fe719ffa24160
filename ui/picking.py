"""HTML with buttons in it: a list or table whose rows can be picked by mouse and keyboard."""

from __future__ import annotations

from typing import Any

import gradio as gr

_SCRIPT = """
element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-pick]");
  if (button) trigger("click", { pick: button.dataset.pick });
});
"""


def pickable(value: str, **options: Any) -> gr.HTML:
    """HTML whose ``<button type="button" data-pick="…">`` raises ``click``.

    The handler takes ``event: gr.EventData`` and reads ``picked(event)``.
    """
    return gr.HTML(value, js_on_load=_SCRIPT, **options)


def picked(event: gr.EventData) -> str:
    """What the button that was picked stands for; it comes from the browser, so that it may be anything."""
    data = event._data if isinstance(event._data, dict) else {}
    return str(data.get("pick", ""))[:200]

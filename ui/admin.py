"""管理."""

import gradio as gr

from services import Gongkai


def admin_tab(services: Gongkai, desk: gr.State, page: gr.Blocks) -> None:
    """Lay out and wire the tab."""
    gr.Markdown("…")

"""Signatures that are read once say what they said."""

import inspect

import gradio as gr
import pytest

from ui.signatures import keep_signatures

KINDS = (gr.HTML, gr.Textbox, gr.Button, gr.Dropdown, gr.CheckboxGroup, gr.Accordion, gr.Row, gr.Column, gr.State)


class Own(gr.HTML):
    """As a component of ours would be."""

    def __init__(self, value="", mark="", **rest):
        super().__init__(value, **rest)
        self.mark = mark


@pytest.mark.parametrize("kind", [*KINDS, Own])
def test_a_component_is_made_with_the_same_arguments_and_tells_the_same_of_itself(kind):
    def told():
        signature = inspect.signature(kind.__init__)
        plain = inspect.getfullargspec(inspect.unwrap(kind.__init__))
        made = kind(render=False) if kind is not Own else kind("文字", mark="记号", render=False)
        config = {key: value for key, value in made.get_config().items() if not key.startswith("_")}
        return str(signature), plain.args, plain.kwonlyargs, made.constructor_args, config

    before = told()
    keep_signatures([kind(render=False)])
    assert told() == before
    keep_signatures([kind(render=False)])
    assert told() == before

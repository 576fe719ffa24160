"""The language model behind one small interface, ``model.ChatModel``.

``select.open_model`` turns the settings into one or ``None``; ``endpoint`` talks to an
OpenAI-compatible address through LangChain; ``local`` serves a GGUF file inside this process at
such an address on loopback and talks to it through the same client; ``thinking`` takes a reasoning
model's thoughts out of the stream; ``line`` is the order in which a model that serves one at a time is waited for; ``masked`` keeps identity and phone numbers from being told;
``bounded`` ends replies that never would, ``faults`` says in one Chinese sentence what went wrong. Text comes out piece by piece; nothing here
judges it.
"""

from chat.line import InLine
from chat.masked import Masked
from chat.model import ChatModel, Message
from chat.select import open_model

__all__ = ["ChatModel", "InLine", "Masked", "Message", "open_model"]

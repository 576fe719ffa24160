"""A question becomes a cited answer, or a refusal that names what was searched.

``question`` reads it (a follow-up is joined to what it continues); ``gather`` finds the passages in
force that bear on it and decides whether they answer at all (``relevance``; ``govern`` for 哪些条款);
``write`` lets the model speak under a decoding ``grammar``, and ``judge`` lets each sentence pass or
not; ``extract`` answers in the passages' own words where there is no model; ``cite`` numbers the
citations; ``respond`` strings these together into a stream of events.

A question for the office's own figures goes another way: ``asked_figures`` reads which year and
figure it means by the words of ``catalogue`` (the records of ``matters`` and ``asking.toml``), and ``reckon`` answers
with where each number comes from, be it a ledger, a published report's tables or (``told``) its text.
"""

from answering.catalogue import of_ledger, of_report
from answering.knowledge import Knowledge
from answering.respond import answer

__all__ = ["Knowledge", "answer", "of_ledger", "of_report"]

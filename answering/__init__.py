"""A question becomes an answer: of the law, with citations, or of the office's own figures, with their sources.

``law`` answers from the articles held, or refuses and names what was searched. ``figures`` answers from
ledgers and published reports, without a model. ``respond`` parts a question between the two and strings
the answers together into a stream of events. ``knowledge`` says what is needed of a knowledge base,
``terms`` which words carry a question.
"""

from answering.figures.catalogue import of_ledger, of_report
from answering.knowledge import Knowledge
from answering.respond import answer

__all__ = ["Knowledge", "answer", "of_ledger", "of_report"]

"""Figures and evidence become narrative sections.

``phrases`` turns a ledger's figures into whole phrases; ``basis`` resolves the articles a section
may cite; ``compose`` writes each section by rule, good enough to send; ``write`` lets a model write
it with placeholders under a decoding ``grammar``, every sentence through ``screen``; ``sections``
chooses between them and yields the events that end with the finished ``Draft``.
"""

from drafting.basis import Knowledge
from drafting.sections import draft

__all__ = ["Knowledge", "draft"]

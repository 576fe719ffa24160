"""Figures and evidence become narrative sections.

``phrases`` and ``derived`` turn a ledger's figures into whole phrases, ``catalogue`` holds them; ``basis`` resolves the articles
a section may cite; ``material`` holds all of it. ``patterns`` chooses sentences by what the ledger
knows, and ``compose`` and ``problems`` string them into sections, good enough to send; ``past`` finds
last year's report and ``similarity`` measures against it. ``write`` lets a model write a paragraph with placeholders under a
decoding ``grammar``, every sentence through ``screen``; ``choosing`` weighs it against the composer's;
``work`` is a section under way, ``sections`` yields the events that end with the finished ``Draft``, in which each figure has kept the
place where it was put in. ``asked`` is what no ledger knows; ``offers`` sets a new
wording beside the text that stands. ``review`` says what the gates think of a text that was edited by hand.
"""

from drafting.basis import ArticleSource
from drafting.offers import Rewording, accepted, offers
from drafting.review import inspect, numeral_at, spans
from drafting.sections import draft, redraft
from gates.placing import known

__all__ = [
    "ArticleSource",
    "Rewording",
    "accepted",
    "draft",
    "inspect",
    "known",
    "numeral_at",
    "offers",
    "redraft",
    "spans",
]

"""A question of law becomes sentences that each rest on an article.

``question`` reads it (a follow-up is joined to what it continues; ``followup`` chooses between its
readings). ``grounds`` finds the passages in force that bear on it and decides whether they answer at all
(``relevance``; ``govern`` for 哪些条款; ``places`` for an article's items). ``write`` lets the model speak
under a decoding ``grammar``, over long articles in ``excerpt``, and ``judge`` lets each sentence pass or
not by its ``claims``. ``extract`` answers in the passages' own words where there is no model. ``cite``
numbers the citations; ``past`` judges those of earlier reports again.
"""

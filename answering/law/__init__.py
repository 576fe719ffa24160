"""A question of law becomes sentences that each rest on an article.

``question`` reads it (a follow-up is joined to what it continues; ``followup`` chooses between its
readings). ``grounds`` finds the passages in force that bear on it and decides whether they answer at all
(``relevance``; ``govern`` for 哪些条款; ``places`` for an article's items). ``write`` lets the model speak
under a decoding ``grammar``, over long articles in ``excerpt``, and ``judge`` lets each sentence pass or
not by its ``claims``. ``extract`` answers in the passages' own words: an article is kept as ``units`` that
are shown whole, ``asked`` says what kind of answer is wanted, ``first`` finds the rule that decides and
``whether`` reads 可以 or 不可以 off it. ``standing`` tells from the registry whether a regulation is in force,
``missing`` that an article does not exist. ``cite``
numbers the citations; ``past`` judges those of earlier reports again, ``citing`` those of any text.
"""

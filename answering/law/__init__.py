"""A question of law becomes sentences that each rest on an article.

``question`` reads it (a follow-up is joined to what it continues; ``followup`` chooses between its
readings, ``nearby`` among the articles near those cited before). ``grounds`` finds the passages in force that bear on it and decides whether they answer at all
(``relevance``; ``govern`` for 哪些条款; ``places`` for an article's items). ``write`` lets the model speak
under a decoding ``grammar``, over long articles in ``excerpt``, and ``judge`` lets each sentence pass or
not by its ``claims``; what it makes of the article has to be ``faithful``, case by case (``cases``), and to stay beside the words of one rule (``aligned``). ``extract`` answers in the
passages' own words: an article is kept as ``units`` that are shown whole, ``asked`` says what kind of answer is wanted, ``first`` finds the rule that decides and
``whether`` reads 可以 or 不可以 off it; ``premise`` judges 对吗 against it, in ``quantities``. ``special`` knows
which rule goes before a general one. ``direct`` answers without a search: ``standing`` tells from the
registry whether a regulation is in force, ``fees`` and ``deadlines`` give what is ``computed``; ``missing``
tells that an article does not exist, ``own`` that a matter is the office's own, ``successors`` what took the place of one. ``cite``
numbers the citations; ``past`` judges those of earlier reports again, ``citing`` those of any text.
"""

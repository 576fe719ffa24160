"""Questions over all organs' figures: read by a grammar that is data, computed exactly, told with a small table.

``grammar`` reads ``grammar.toml``; ``naming`` finds the organs that a question names, ``pieces`` cuts it into what is
known, ``conditions`` are what is asked of each organ, and ``understanding`` makes a ``reading`` of it all: which figure,
years and organs, ranked, added up, compared, filtered. ``doubting`` says why it is not answered: what is not understood to its last word is not.
``computing`` takes the numbers from what is ``held``; ``telling`` puts the answer together from ``sentences``, ``tables``
and ``wording``, with the reading and the sources; ``correcting`` says what each part of the reading could be instead. No model reads, chooses or writes anything here.
"""

from collecting.asking.telling import answer_over_organs

__all__ = ["answer_over_organs"]

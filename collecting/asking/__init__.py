"""Questions over all organs' figures: read by a grammar that is data, computed exactly, told with a small table.

``grammar`` reads ``grammar.toml``; ``naming`` finds the organs that a question names, ``pieces`` cuts it into what is
known, and ``reading`` says what is asked: which figure, years and organs, ranked, added up, compared, filtered. What is not understood to its last word is not
answered. ``computing`` takes the numbers from what is ``held``, ``telling`` and ``wording`` say them with the reading and the sources.
No model reads, chooses or writes anything here.
"""

from collecting.asking.telling import answer_over_organs

__all__ = ["answer_over_organs"]

"""What stands between a language model's words and a reader.

``sentences`` splits text without losing a character; ``numbers`` finds every numeral used as a
quantity (and those that no cited passage supports), ``readings`` what one is worth; ``citations`` finds
references to articles;
``placeholders`` turns ``{名称}`` into the figure's whole phrase, ``placing`` keeps its place while the
text is changed; ``quoted`` knows the numerals that a cited article says; ``support`` tells how much of a sentence its source holds, and whether it talks of
the prompt. Each is a pure function over text; what counts as a measure word or as a fixed expression
is data (``lexicon.toml``).
"""

from gates.citations import Reference, find_references
from gates.numbers import Numeral, find_numerals, unsupported
from gates.placeholders import expand
from gates.placing import known, place
from gates.quoted import of_the_law
from gates.sentences import split

__all__ = [
    "Numeral",
    "Reference",
    "expand",
    "find_numerals",
    "find_references",
    "known",
    "of_the_law",
    "place",
    "split",
    "unsupported",
]

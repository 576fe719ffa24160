"""How the pages of a report are laid out, as far as its file says so: what GB/T 9704—2012 lays down for official documents.

Lengths of the page are in millimetres, sizes and pitches of type in points (二号 22, 三号 16, 四号 14).
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class PageSetup:
    """The pages of a section. ``number_size`` is the size of the page number in points; 0 where there is none."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    number_size: float = 0
    number_dashes: bool = False

    @property
    def upright(self) -> bool:
        return self.height > self.width


@dataclass(frozen=True)
class Lettering:
    """How paragraphs of one kind are set, with the beginning of the first of them as ``text``.

    ``font`` is that of Chinese characters, "" where the file names none. ``pitch`` is the distance of lines
    in points, 0 where it is no fixed one.
    """

    text: str
    font: str
    size: float
    pitch: float = 0
    centred: bool = False


@dataclass(frozen=True)
class Layout:
    """What is known of a file: its sections, how each kind of paragraph is set, the tables without lines.

    ``headings`` are of the parts (1: 一、) and of what is below (2: （一）). ``bare`` tells of each table that has no
    lines what stands in its first cell.
    """

    pages: tuple[PageSetup, ...] = ()
    title: Lettering | None = None
    body: Lettering | None = None
    headings: dict[int, Lettering] = field(default_factory=dict)
    bare: tuple[str, ...] = ()

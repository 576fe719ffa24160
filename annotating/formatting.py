"""The formatting in force on a paragraph or a run: its own, else its style's, else the document's (ECMA-376 part 1, 17.7.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotating.package import W, WordPackage

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_POINTS = 20  # twips
_SINGLE = 240  # of w:line where the rule is auto
_FONT_HEIGHT = 1.3  # of a line of Chinese type, by its size


class Formatting:
    """Looks properties up in a document's styles and theme; sizes and pitches in points."""

    def __init__(self, package: WordPackage) -> None:
        styles = package.read(package.related("styles"))
        found = styles.findall(f"{W}style") if styles is not None else []
        self._styles = {one.get(f"{W}styleId"): one for one in found}
        defaults = (
            one.get(f"{W}styleId") for one in found if one.get(f"{W}type") == "paragraph" and _on(one, "default")
        )
        self._default = next(defaults, None)
        self._document = styles.find(f"{W}docDefaults") if styles is not None else None
        self._theme = package.read(package.related("theme"))

    def font(self, paragraph: Any, run: Any) -> str:
        """The font of Chinese characters, "" where none is named."""
        for properties in self._of_run(paragraph, run):
            fonts = properties.find(f"{W}rFonts")
            if fonts is not None and (theme := fonts.get(f"{W}eastAsiaTheme")):
                return self._of_theme(theme)
            if fonts is not None and (name := fonts.get(f"{W}eastAsia")):
                return name
        return ""

    def size(self, paragraph: Any, run: Any) -> float:
        value = next((v for one in self._of_run(paragraph, run) if (v := _value(one, "sz"))), "20")
        return float(value) / 2 if value.replace(".", "").isdigit() else 0

    def centred(self, paragraph: Any) -> bool:
        return next((v for one in self._of_paragraph(paragraph) if (v := _value(one, "jc"))), "") == "center"

    def pitch(self, paragraph: Any, size: float, grid: float) -> float:
        """The distance of lines of type of a size; ``grid`` is that of the section's grid, 0 for none.

        0 where the distance follows the font, so that no number of lines a page is given.
        """
        line, rule = self._line(paragraph)
        if line and rule in ("exact", "atLeast"):
            return max(line / _POINTS, size if rule == "atLeast" else 0)
        snaps = next((v for one in self._of_paragraph(paragraph) if (v := _flag(one, "snapToGrid"))), "on") == "on"
        if not grid or not snaps:
            return 0
        times = -(-size * _FONT_HEIGHT * (line or _SINGLE) / _SINGLE // grid)  # rounded up: whole lines of the grid
        return grid * times

    def _line(self, paragraph: Any) -> tuple[float, str]:
        for properties in self._of_paragraph(paragraph):
            spacing = properties.find(f"{W}spacing")
            if spacing is not None and (line := spacing.get(f"{W}line", "")).lstrip("-").isdigit():
                return abs(float(line)), spacing.get(f"{W}lineRule", "auto")
        return 0, "auto"

    def _of_run(self, paragraph: Any, run: Any) -> Iterator[Any]:
        own = run.find(f"{W}rPr") if run is not None else None
        if own is not None:
            yield own
            yield from self._chain(_value(own, "rStyle"), "rPr")
        yield from self._chain(self._style_of(paragraph), "rPr")
        yield from self._defaults("rPr")

    def _of_paragraph(self, paragraph: Any) -> Iterator[Any]:
        own = paragraph.find(f"{W}pPr")
        if own is not None:
            yield own
        yield from self._chain(self._style_of(paragraph), "pPr")
        yield from self._defaults("pPr")

    def _style_of(self, paragraph: Any) -> str:
        own = paragraph.find(f"{W}pPr")
        return (_value(own, "pStyle") if own is not None else "") or self._default or ""

    def _chain(self, style: str, kind: str) -> Iterator[Any]:
        seen: set[str] = set()
        while style and style not in seen and style in self._styles:
            seen.add(style)
            element = self._styles[style]
            properties = element.find(f"{W}{kind}")
            if properties is not None:
                yield properties
            style = _value(element, "basedOn")

    def _defaults(self, kind: str) -> Iterator[Any]:
        found = self._document.find(f"{W}{kind}Default/{W}{kind}") if self._document is not None else None
        if found is not None:
            yield found

    def _of_theme(self, name: str) -> str:
        """The theme's font for Chinese: majorEastAsia of its headings, minorEastAsia of its text."""
        if self._theme is None:
            return ""
        fonts = next(self._theme.iter(f"{_A}{name.removesuffix('EastAsia')}Font"), None)
        if fonts is None:
            return ""
        named = fonts.find(f"{_A}ea")
        chinese = (one.get("typeface", "") for one in fonts.findall(f"{_A}font") if one.get("script") == "Hans")
        return (named.get("typeface") if named is not None else "") or next(chinese, "")


def _value(element: Any, name: str) -> str:
    found = element.find(f"{W}{name}")
    return found.get(f"{W}val", "") if found is not None else ""


def _flag(element: Any, name: str) -> str:
    """``on``, ``off``, or "" where it is not said."""
    found = element.find(f"{W}{name}")
    return "" if found is None else "off" if found.get(f"{W}val", "1") in ("0", "false", "off") else "on"


def _on(element: Any, name: str) -> bool:
    return element.get(f"{W}{name}", "0") in ("1", "true", "on")

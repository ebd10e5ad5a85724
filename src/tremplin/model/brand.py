"""
The brand of the reports: names, contact, logo, colours and fonts, from `_brand.yml`.

The file is in Quarto's format; an organisation makes the reports its own by changing it alone. It
is checked here in full, because the renderers would only show its mistakes: colours that nobody can
read, fonts that are not there.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tremplin.errors import InputError, Place, Problem, Value
from tremplin.model.yaml import KeyPath, YamlDocument, YamlValue, dotted, read_yaml, shown

# brand.yml roles that the templates use.
ROLES = (
    "foreground",
    "background",
    "primary",
    "secondary",
    "tertiary",
    "success",
    "info",
    "warning",
    "danger",
    "light",
    "link",
)
CHART_COLOURS = ("primary", "accent", "positive", "caution", "negative", "muted")
CONTRAST = 4.5  # WCAG 2.2, 1.4.3 (AA)

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_OWN: KeyPath = ("defaults", "tremplin")
# Words of the first colour are printed on the second: roles of `color`, or tints of the charts.
_PRINTED_ON = (
    *((role, "background") for role in ROLES if role not in {"background", "light"}),
    *((role, "light") for role in ("foreground", "primary", "tertiary", "secondary", "link")),
    ("success", "positive-tint"),
    ("warning", "caution-tint"),
    ("danger", "negative-tint"),
    ("info", "primary-tint"),
    ("secondary", "accent-tint"),
    ("tertiary", "muted-tint"),
)


@dataclass(frozen=True, slots=True)
class Brand:
    """Who hands the report over, and how it looks."""

    name: str
    tagline: str
    contact: str
    logo: Path | None
    colours: Mapping[str, str]
    """Every colour of the palette and every role, as `#rrggbb`."""
    chart: Mapping[str, str]
    """The colours of charts, by the names in `CHART_COLOURS`, each with a `…-tint`."""
    sans: str
    """The family of text and charts."""
    serif: str
    """The family of headings."""
    font_files: tuple[Path, ...]

    @property
    def font_folders(self) -> tuple[Path, ...]:
        """Give the folders that hold the fonts, for the programs that want folders."""
        return tuple(dict.fromkeys(file.parent for file in self.font_files))


def load_brand(path: Path) -> Brand:
    """
    Read and check a brand file; its logo and fonts are looked up beside it.

    Raises:
        InputError: The file cannot be read, lacks something, or names what is not there. It tells
            all problems at once.

    """
    return _Checker(path, read_yaml(path)).brand()


def contrast(first: str, second: str) -> float:
    """Give the contrast of two colours as WCAG defines it, from 1 to 21."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class _Checker:
    """Takes the data apart and notes what is wrong on the way."""

    def __init__(self, path: Path, document: YamlDocument) -> None:
        self._path = path
        self._document = document
        self._problems = list(document.problems)

    def brand(self) -> Brand:
        colours = dict(self._colours(("color", "palette")))
        colours |= self._colours(("color",), wanted=ROLES)
        colours |= {"rule": self._colour((*_OWN, "rule"), wanted=True)}
        tints = tuple(f"{name}-tint" for name in CHART_COLOURS)
        chart = dict(self._colours((*_OWN, "chart"), wanted=CHART_COLOURS + tints))
        self._check_contrasts(colours | {tint: chart[tint] for tint in tints})
        brand = Brand(
            name=self._text(("meta", "name"), wanted=True),
            tagline=self._text(("meta", "tagline")),
            contact=self._text(("meta", "contact")),
            logo=self._logo(),
            colours=colours,
            chart=chart,
            sans=self._text(("typography", "base", "family"), wanted=True),
            serif=self._text(("typography", "headings", "family"), wanted=True),
            font_files=tuple(self._font_files()),
        )
        if self._problems:
            raise InputError(*self._problems)
        return brand

    def _refuse(self, key: KeyPath, code: str, **values: Value) -> None:
        line = self._document.lines.get(key)
        self._problems.append(
            Problem.at(code, Place.of(self._path, line=line, key=dotted(key)), **values)
        )

    def _at(self, key: KeyPath) -> YamlValue:
        value: YamlValue = self._document.data
        for part in key:
            if not isinstance(value, dict):
                return None
            value = value.get(str(part))
        return value

    def _text(self, key: KeyPath, *, wanted: bool = False) -> str:
        value = self._at(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if wanted or value is not None:
            self._refuse(key, "brand.not_text", value=shown(value))
        return ""

    def _group(self, key: KeyPath) -> dict[str, YamlValue]:
        value = self._at(key)
        return value if isinstance(value, dict) else {}

    def _colours(self, key: KeyPath, wanted: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
        names = dict.fromkeys((*self._group(key), *wanted))
        for name in names:
            if name != "palette":
                yield name, self._colour((*key, name), wanted=name in wanted)

    def _colour(self, key: KeyPath, *, wanted: bool) -> str:
        """Follow a colour from name to name to its `#rrggbb`."""
        value = self._at(key)
        seen = set()
        while isinstance(value, str) and value not in seen:
            if _HEX.fullmatch(value):
                return value.lower()
            seen.add(value)
            value = self._at(("color", "palette", value)) or self._at(("color", value))
        if wanted or self._at(key) is not None:
            self._refuse(key, "brand.not_a_colour", value=shown(self._at(key)))
        return "#000000"

    def _check_contrasts(self, colours: Mapping[str, str]) -> None:
        if self._problems:
            return  # a colour that could not be read was noted, and stands as black
        for text, ground in _PRINTED_ON:
            found = contrast(colours[text], colours[ground])
            if found < CONTRAST:
                self._refuse(
                    ("color", text),
                    "brand.hard_to_read",
                    text=colours[text],
                    role=ground,
                    ground=colours[ground],
                    contrast=found,
                    least=CONTRAST,
                )

    def _logo(self) -> Path | None:
        key: KeyPath = ("logo",)
        value = self._at(key)
        if isinstance(value, dict):
            size = next((size for size in ("medium", "small", "large") if size in value), "medium")
            key, value = ("logo", size), value.get(size)
        return None if value is None else self._file(key, value)

    def _font_files(self) -> Iterator[Path]:
        fonts = self._at(("typography", "fonts"))
        families = set()
        for index, font in enumerate(fonts if isinstance(fonts, list) else []):
            if not isinstance(font, dict):
                continue
            families.add(font.get("family"))
            files = font.get("files")
            for place, file in enumerate(files if isinstance(files, list) else []):
                key: KeyPath = ("typography", "fonts", index, "files", place)
                path = self._file(key, file.get("path") if isinstance(file, dict) else file)
                if path is not None:
                    yield path
        for role in ("base", "headings"):
            key = ("typography", role, "family")
            family = self._at(key)
            if isinstance(family, str) and family not in families:
                self._refuse(key, "brand.no_font_files", family=shown(family))

    def _file(self, key: KeyPath, value: YamlValue) -> Path | None:
        path = self._path.parent / value if isinstance(value, str) else None
        if path is None or not path.is_file():
            self._refuse(key, "brand.not_a_file", value=shown(value))
            return None
        return path

from pathlib import Path

import pytest

from tremplin.errors import InputError
from tremplin.model.brand import CHART_COLOURS, contrast, load_brand

ROOT = Path(__file__).parents[3]
OURS = ROOT / "reports/_brand.yml"


def changed(folder: Path, *changes: tuple[str, str]) -> Path:
    """Write our brand file with some changes, its logo and fonts being where they are."""
    text = OURS.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "_extensions").symlink_to(ROOT / "reports/_extensions")
    (folder / "logo.svg").symlink_to(ROOT / "reports/logo.svg")
    path = folder / "_brand.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_our_brand() -> None:
    """The brand that comes with tremplin is complete."""
    brand = load_brand(OURS)
    assert brand.name == "tremplin"
    assert brand.tagline == "Créer son entreprise en restant salarié"
    assert brand.logo == ROOT / "reports/logo.svg"
    assert (brand.sans, brand.serif) == ("Tremplin Sans", "Tremplin Serif")
    assert len(brand.font_files) == 5
    assert brand.font_folders == (ROOT / "reports/_extensions/tremplin/fonts",)


def test_colours_are_resolved_through_the_palette() -> None:
    """A role that names a colour of the palette gives the colour itself."""
    brand = load_brand(OURS)
    assert brand.colours["primary"] == brand.colours["ink"] == "#12344d"
    assert brand.chart["primary"] == "#1b5e8c"


def test_chart_colours_stay_apart_on_paper() -> None:
    """Six chart colours, all different, each with a tint that dark text can be read on."""
    brand = load_brand(OURS)
    assert len({brand.chart[name] for name in CHART_COLOURS}) == 6
    for name in CHART_COLOURS:
        assert contrast(brand.chart[f"{name}-tint"], brand.colours["foreground"]) > 10


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#12344d", "#12344d", 1.0)],
)
def test_contrast_as_wcag_counts_it(first: str, second: str, expected: float) -> None:
    """Contrast is the same both ways, from 1 to 21."""
    assert contrast(first, second) == pytest.approx(expected, abs=0.005)
    assert contrast(second, first) == contrast(first, second)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("  name: tremplin", "  name: ", "meta.name: a text is expected"),
        ("primary: ink", "primary: inc", r'color.primary: "inc" is not a colour'),
        ('ink: "#12344d"', "ink: navy", r'color.palette.ink: "navy" is not a colour'),
        ("  link: blue\n", "", r"color.link: an empty value is not a colour"),
        ("      accent-tint: orange-light\n", "", r"chart.accent-tint: an empty value"),
        ("medium: logo.svg", "medium: gone.svg", r'logo.medium: "gone.svg" is not a file'),
        ("TremplinSans-Italic.ttf", "Gone.ttf", r"files\[1\]: .*Gone.ttf\" is not a file"),
        ("base:\n    family: Tremplin Sans", "base:\n    family: Arial", r"family \"Arial\""),
        ('blue: "#1b5e8c"', 'blue: "#9ac0dd"', r"color.link: .* are hard to read: .* is 1\.9"),
    ],
)
def test_broken_brand_is_told_with_line_and_key(
    tmp_path: Path, old: str, new: str, error: str
) -> None:
    """Whoever breaks the brand file learns what is wrong and where."""
    with pytest.raises(InputError, match=error):
        load_brand(changed(tmp_path, (old, new)))


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    """Nobody mends a file one error at a time."""
    path = changed(tmp_path, ("name: tremplin", "name: "), ("logo.svg", "gone.svg"))
    with pytest.raises(InputError) as caught:
        load_brand(path)
    assert len(caught.value.problems) == 2


def test_colours_that_name_each_other_end(tmp_path: Path) -> None:
    """Two colours that stand for each other are an error, not an endless search."""
    path = changed(tmp_path, ('ink: "#12344d"', "ink: text"), ('text: "#1f2a33"', "text: ink"))
    with pytest.raises(InputError, match="is not a colour"):
        load_brand(path)


def test_brand_without_logo_or_tagline(tmp_path: Path) -> None:
    """An organisation may have no logo and no tagline."""
    path = changed(
        tmp_path,
        ("logo:\n  medium: logo.svg\n", ""),
        ("  tagline: Créer son entreprise en restant salarié\n", ""),
    )
    brand = load_brand(path)
    assert brand.logo is None
    assert brand.tagline == ""

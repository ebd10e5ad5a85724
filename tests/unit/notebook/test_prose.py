from datetime import date

import pypandoc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tremplin.errors import ReportError
from tremplin.notebook import prose
from tremplin.notebook.prose import Markdown, escape, fill

TYPED = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2000, exclude_categories=["Cc", "Cs"]),
    min_size=1,
    max_size=60,
).filter(lambda text: text.strip() == text)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (0, "0"),
        (1234.5, "1\u202f234,5"),
        (1_111_238, "1\u202f111\u202f238"),
        (-0.5, "\u22120,5"),
    ],
)
def test_numbers_are_set_in_french(value: float, printed: str) -> None:
    """A number has a decimal comma and narrow no-break spaces between thousands."""
    assert prose.number(value) == printed


def test_amounts_and_shares_keep_their_sign_with_them() -> None:
    """The euro and the percent sign cannot be torn from their number at the end of a line."""
    assert prose.money(2300) == "2\u202f300\u00a0€"
    assert prose.percent(0.256) == "25,6\u00a0%"
    assert prose.percent(0.25) == "25\u00a0%"


@pytest.mark.parametrize(
    ("rate", "printed"),
    [
        (0.00015, "0,015\u00a0%"),
        (0.0022, "0,22\u00a0%"),
        (0.0048, "0,48\u00a0%"),
        (0.001, "0,1\u00a0%"),
        (0, "0\u00a0%"),
        (0.123, "12,3\u00a0%"),
        (0.12345, "12,3\u00a0%"),
    ],
)
def test_a_small_rate_is_not_rounded_away(rate: float, printed: str) -> None:
    """The chamber tax of a shop is 0,015 % of its sales, not 0,0 %."""
    assert prose.percent(rate) == printed


def test_dates_are_in_words() -> None:
    """A date is written with the month's name, the first of a month as 1er."""
    assert prose.day(date(2026, 9, 1)) == "1er\u00a0septembre 2026"
    assert prose.day(date(2026, 11, 22)) == "22\u00a0novembre 2026"


@pytest.mark.parametrize(
    ("month", "printed"),
    [
        (4, "d’avril\u00a02027"),
        (5, "de mai\u00a02027"),
        (8, "d’août\u00a02027"),
        (10, "d’octobre\u00a02027"),
    ],
)
def test_of_loses_its_vowel_before_a_month_that_begins_with_one(month: int, printed: str) -> None:
    """April, August and October take « d’ », the other months « de »."""
    assert prose.of_month(date(2027, month, 1)) == printed
    assert fill("{{ day | of_month }}", {"day": date(2027, month, 1)}) == printed


def test_only_the_first_letter_is_raised_at_the_opening() -> None:
    """Initials inside a name keep their capitals."""
    assert prose.opening("micro-entreprise") == "Micro-entreprise"
    assert prose.opening("EI au réel") == "EI au réel"
    assert fill("{{ name | opening }}", {"name": "toutes, hors micro"}) == "Toutes, hors micro"


def test_hours_are_hours_and_minutes() -> None:
    """Seven and a half hours read 7 h 30, and sixty minutes never appear."""
    assert prose.hours(7.5) == "7\u00a0h\u00a030"
    assert prose.hours(35) == "35\u00a0h"
    assert prose.hours(7.999) == "8\u00a0h"


def test_french_plurals_begin_at_two() -> None:
    """One and a half is singular in French."""
    assert prose.plural(1.5, "an") == "1,5\u00a0an"
    assert prose.plural(2, "an") == "2\u00a0ans"
    assert prose.plural(3, "mois", "mois") == "3\u00a0mois"


@pytest.mark.parametrize(
    ("value", "unit", "printed"),
    [
        (0.256, "share", "25,6\u00a0%"),
        (5.7, "%", "5,7\u00a0%"),
        (1, "years", "1\u00a0an"),
        (24, "months", "24\u00a0mois"),
        (300, "employees", "300 salariés"),
        (None, "%", "—"),
        (1, "boolean", "oui"),
        (33.83, "EUR", "33,83\u00a0€"),
    ],
)
def test_figures_and_rules_carry_their_unit(value: float | None, unit: str, printed: str) -> None:
    """A value of the register prints with its unit in French, a missing one as a dash."""
    assert prose.quantity(value, unit) == printed


def test_a_template_escapes_what_a_person_typed() -> None:
    """Markdown, HTML, shortcodes and fences in a name are printed, not obeyed."""
    typed = {"name": "**B** <script> {{< env HOME >}} `{=typst}`\n::: x"}
    assert fill("Pour {{ name }}", typed) == (
        r"Pour \*\*B\*\* \<script\> \{\{\< env HOME \>\}\} \`\{\=typst\}\` \:\:\: x"
    )


@pytest.mark.thorough
@given(TYPED)
def test_what_was_typed_is_what_is_printed(text: str) -> None:
    """Pandoc reads any escaped text back as the very same characters."""
    written = pypandoc_plain(f"a{escape(text)}b")
    assert written == f"a{' '.join(text.split(' '))}b"


def pypandoc_plain(markdown: str) -> str:
    """Read Markdown as both renderers do and give its text."""
    import json  # noqa: PLC0415 - only this helper reads pandoc's tree

    tree = json.loads(pypandoc.convert_text(markdown, "json", format="markdown-smart"))
    assert [block["t"] for block in tree["blocks"]] == ["Para"]
    words = {"Space": " ", "SoftBreak": " "}
    return "".join(words.get(part["t"], part.get("c", "")) for part in tree["blocks"][0]["c"])


def test_no_break_spaces_survive_the_escape() -> None:
    """An amount inside a sentence keeps its no-break spaces."""
    assert fill("{{ x | money }}", {"x": 2300}) == "2\u202f300\u00a0€"


def test_lines_of_tags_alone_leave_no_line() -> None:
    """Rows of a table made by a loop stay one below the other."""
    filled = fill("| n |\n|--|\n{% for n in rows %}\n| {{ n }} |\n{% endfor %}\n", {"rows": [1, 2]})
    assert filled == "| n |\n|--|\n| 1 |\n| 2 |"


def test_a_paragraph_is_one_line_however_its_template_is_written() -> None:
    """A sentence or a choice a line is for whoever writes: lists, tables and titles keep their lines."""
    template = "## Titre\n\nUn.\n{% if x %}\nDeux,\n{% endif %}\ntrois.\n\n- a\n  b\n- c\n\n| d |\n|---|\n| e |"
    expected = "## Titre\n\nUn. Deux, trois.\n\n- a b\n- c\n\n| d |\n|---|\n| e |"
    assert prose.fill(template, {"x": True}) == expected


def test_a_fence_stands_apart() -> None:
    """A callout that follows a condition is not swallowed by the paragraph before it."""
    filled = fill("Texte.\n{% if true %}\n::: {.callout-tip}\nBon.\n:::\n{% endif %}\nSuite.", {})
    assert filled == "Texte.\n\n::: {.callout-tip}\n\nBon.\n\n:::\n\nSuite."


def test_an_unknown_name_stops_the_report() -> None:
    """A template that names what does not exist is an error, not an empty place."""
    with pytest.raises(ReportError, match="'salaire' is undefined"):
        fill("{{ salaire }}", {})


def test_a_template_within_a_template_names_the_same_facts() -> None:
    """A text of the register that is itself a template speaks of the same person, and of nobody before."""
    template = "{{ text | fill }}"
    for name in ("Alice", "Bruno"):
        assert fill(template, {"text": "Pour {{ name }}", "name": name}) == f"Pour {name}"


def test_markdown_is_not_escaped_twice() -> None:
    """What this package made as Markdown passes as it is."""
    assert escape(Markdown("**gras**")) == "**gras**"

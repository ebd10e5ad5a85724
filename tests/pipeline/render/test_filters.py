import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.pipeline.render.conftest import FRONT

from tremplin.notebook.prose import escape

Convert = Callable[..., str]

FIGURE = """
::: {#fig-week}
![](figures/fig-week.svg){fig-alt="Des barres"}

Votre semaine
:::
"""
TABLE = """
::: {#tbl-clauses}
| A | B |
|:--|--:|
| x | 1 |

Vos clauses
:::
"""


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Oui : non", "Oui\u00a0: non"),
        ("Oui ; non", "Oui\u202f; non"),
        ("Vraiment ? Oui !", "Vraiment\u202f? Oui\u202f!"),
        ("12 % et 2 300 €", "12\u202f% et 2\u202f300\u202f€"),
        ("« mot »", "«\u00a0mot\u00a0»"),
        ('"mot"', "«\u00a0mot\u00a0»"),
        ("l'année", "l’année"),
        ("le **mot** : ici", "le <strong>mot</strong>\u00a0: ici"),
        ("le 1er mai", "le 1<sup>er</sup> mai"),
        ("le 1er\u00a0mai, la 2e.", "le 1<sup>er</sup>\u00a0mai, la 2<sup>e</sup>."),
        ("3ergs 1error a1er", "3ergs 1error a1er"),
        ("à 20:30", "à 20:30"),
        ("`a : b`", "<code>a : b</code>"),
        ("en 2025 300 cas", "en 2025 300 cas"),
    ],
)
def test_french_spacing(convert: Convert, typed: str, printed: str) -> None:
    """Spaces that a line must not break at become no-break ones, and only where one was typed."""
    assert convert(typed).strip() == f"<p>{printed}</p>"


def test_figure_is_numbered_and_its_reference_is_words(convert: Convert) -> None:
    """A reader sees « figure 1 » as a link, and « Figure 1. » in the caption above it."""
    page = convert(f"# Un {{#sec-a}}\n\nVoir @fig-week.\n{FIGURE}")
    assert 'Voir <a href="#fig-week" class="xref">figure\u00a01</a>.' in page
    assert '<div id="fig-week" class="float" kind="figure" data-number="1">' in page
    assert '<p><span class="label">Figure\u00a01.</span> Votre semaine</p>' in page
    assert page.index("Votre semaine") < page.index("fig-week.svg")


def test_tables_and_figures_are_counted_apart(convert: Convert) -> None:
    """The first table is « tableau 1 » whatever figures stand before it."""
    page = convert(f"{FIGURE}\n{TABLE}\nVoir [@tbl-clauses; @fig-week].")
    assert 'class="xref">tableau\u00a01</a> et <a href="#fig-week"' in page
    assert '<span class="label">Tableau\u00a01.</span> Vos clauses' in page


def test_chapters_are_numbered_but_not_the_ones_that_ask_not_to_be(convert: Convert) -> None:
    """« chapitre 2 » counts numbered chapters only."""
    page = convert(
        "# Un {#sec-a}\n\n# Avant-propos {.unnumbered}\n\n# Deux {#sec-b}\n\nVoir le @sec-b."
    )
    assert 'Voir le <a href="#sec-b" class="xref">chapitre\u00a02</a>.' in page
    assert page.count("data-number") == 2


@pytest.mark.parametrize("name", ["fig-none", "tbl-none", "sec-none", "unknown_source"])
def test_reference_to_nothing_stops_the_render(convert: Convert, name: str) -> None:
    """No report leaves with « ?? » in it: the render stops with the name that is not there."""
    with pytest.raises(RuntimeError, match=rf"crossref: nothing in the report.* « {name} »"):
        convert(f"Voir @{name}.")


def test_label_given_twice_stops_the_render(convert: Convert) -> None:
    """Two figures of one name would make a reference ambiguous."""
    with pytest.raises(RuntimeError, match="« fig-week » labels two things"):
        convert(FIGURE + FIGURE)


def test_source_line_after_a_figure_belongs_to_it(convert: Convert) -> None:
    """The source moves with its figure, so that no page ends between them."""
    page = convert(f"{FIGURE}\n::: source\nSource : Insee.\n:::\n\nSuite.")
    assert "Source\u00a0: Insee.</p>\n</div>\n</div>\n<p>Suite.</p>" in page


def test_citation_becomes_a_number_and_an_entry(convert: Convert) -> None:
    """A source is cited as [1], linked to its entry, whose address can be clicked."""
    page = convert("Selon l'Insee [@insee_ip2070].\n\n::: {#refs}\n:::")
    assert '[<a href="#ref-insee_ip2070">1</a>]' in page
    assert 'id="ref-insee_ip2070"' in page
    assert (
        "Insee, <em>Les créations d’entreprises en 2025</em>, Insee Première, n° 2070, 2026."
        in page.replace("\u00a0", " ")
    )
    assert '<a href="https://www.insee.fr/fr/statistiques/8732145">' in page


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("note", "À savoir"),
        ("tip", "Conseil"),
        ("warning", "Attention"),
        ("important", "Important"),
    ],
)
def test_callout_says_what_it_is_in_a_word(convert: Convert, kind: str, word: str) -> None:
    """A callout is known by a word, not only by its colour, in both formats."""
    text = f'::: {{.callout-{kind} title="L\'essentiel"}}\nTexte.\n:::'
    page = convert(text)
    assert f'<p><span class="notice-word">{word}</span>\u00a0: L’essentiel</p>' in page
    assert f'kind="{kind}"' in page
    printed = convert(text, to="typst")
    assert f'#notice("{kind}", breakable: false)[' in printed
    assert f"#notice-word[{word}]~: L’essentiel" in printed


def test_verdict_moves_before_the_first_chapter(convert: Convert) -> None:
    """The answer is the first thing on the first page."""
    page = convert("# Synthèse\n\n::: {.verdict .go}\nOui, dès janvier.\n\nCar tout va.\n:::")
    assert page.index("Oui, dès janvier.") < page.index("Synthèse")
    printed = convert("# Synthèse\n\n::: {.verdict .go}\nOui.\n\nCar tout va.\n:::", to="typst")
    assert printed.startswith('#verdict("go")[')


@pytest.mark.parametrize(
    "text",
    [
        "| Dimension | Score | Note |\n|:--|--:|:--|\n| Temps | 48/100 | Dormez. |",
        "Temps\n: 48/100\n\n    Dormez.",
    ],
)
def test_scores_become_tiles(convert: Convert, text: str) -> None:
    """A table and a definition list give the same tiles: label, value, note, and a gauge."""
    page = convert(f"::: scores\n{text}\n:::")
    assert '<div class="score" value="48">' in page
    assert page.index("Temps") < page.index("48/100") < page.index("Dormez.")
    assert "#scores(" in convert(f"::: scores\n{text}\n:::", to="typst")


def test_key_facts_part_value_from_label(convert: Convert) -> None:
    """A key fact shows its number large and its label small."""
    page = convert("::: keyfacts\n- **47 h** par semaine\n:::")
    assert '<div class="fact-value">\n47 h\n</div>' in page
    assert '<div class="fact-label">\npar semaine\n</div>' in page


def test_tabs_become_sections_in_print(convert: Convert) -> None:
    """What is a tab on the page is a section on paper; nothing is lost."""
    text = "::: panel-tabset\n\n### Un\n\nOui.\n\n### Deux\n\nNon.\n\n:::"
    assert convert(text).count('class="tab"') == 2
    assert "=== Un\n<un>\nOui.\n\n=== Deux\n<deux>\nNon." in convert(text, to="typst")


def test_task_list_shows_what_is_done(convert: Convert) -> None:
    """Boxes are drawn from what the writer ticked."""
    text = "- [x] Fait\n- [ ] À faire"
    assert 'class="item" data-done="true"' in convert(text)
    printed = convert(text, to="typst")
    assert "task(done: true)[" in printed
    assert "task(done: false)[" in printed


def test_badge_keeps_its_word(convert: Convert) -> None:
    """A status is a word on a colour."""
    printed = convert("[corroboré]{.badge .corroborated}", to="typst")
    assert printed.strip() == '#badge("corroborated")[corroboré]'


def test_table_columns_share_the_page_by_what_they_hold(convert: Convert) -> None:
    """Short columns are as wide as their words; long ones share the rest; numbers stand right."""
    text = f"| Nom | Montant | Avis |\n|:--|--:|:--|\n| x | 1 | {'mot ' * 20} |"
    printed = convert(text, to="typst")
    assert "columns: (auto, auto, " in printed
    assert "fr,), align: (left, right, left,)" in printed


def test_picture_carries_its_alternative_text(convert: Convert) -> None:
    """A person who does not see the chart hears what it says."""
    assert '#picture("figures/fig-week.svg", alt: "Des barres")' in convert(FIGURE, to="typst")


HOSTILE = [
    '#read("/etc/passwd")',
    "`#panic()`{=typst}",
    "```{=typst}\n#panic()\n```",
    "<script>alert(1)</script>",
    "`<script>alert(1)</script>`{=html}",
    "![x](/etc/passwd)",
    "![x](https://example.org/a.svg)",
    "[x](javascript:alert(1))",
    "[x](file:///etc/passwd)",
    '[x]{onclick="alert(1)" style="x"}',
    "$\\input{/etc/passwd}$",
    "\\input{/etc/passwd}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_words(convert: Convert, text: str) -> None:
    """Whatever a person types, nothing runs, loads or leads anywhere."""
    page = convert(text)
    for harm in ("<script", "javascript:", "src=", "file:", "onclick", "style="):
        assert harm not in page
    printed = convert(text, to="typst")
    for harm in ("\n#read", "\n#panic", "#image", "#picture", "#link", "#raw", "\n$"):
        assert harm not in "\n" + printed


def test_quarto_shortcode_is_shown_not_run(convert: Convert) -> None:
    """`{{< env HOME >}}` stays as typed, but for invisible signs that stop Quarto."""
    assert "{\u2060{&lt; env HOME &gt;}\u2060}" in convert(r"\{\{\< env HOME \>\}\}")


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1))
def test_escaped_text_of_any_kind_calls_nothing(convert: Convert, text: str) -> None:
    """A text escaped as templates do calls no function of Typst, whatever it is."""
    printed = convert(f"x {escape(text)} x", to="typst")
    without_strings = re.sub(r'#"(?:[^"\\]|\\.)*";', "", printed)
    assert "#" not in without_strings.replace("\\#", "").replace("#super[", "")


def test_paper_leaves_out_the_reasons_that_open_on_the_page(convert: Convert) -> None:
    """What is folded under « Pourquoi ? » stands in a table of the evidence on paper, and not twice."""
    text = 'Avant.\n\n::: {.why title="Quelle forme ?"}\n\n- Plafond : **1 €**\n\n:::\n\nAprès.'
    assert "Plafond" in convert(text)
    paper = convert(text, to="typst")
    assert "Avant." in paper
    assert "Après." in paper
    assert "Plafond" not in paper


PARTS = f"""
# Vite {{.essentials .unnumbered}}

Voyez @sec-time et @tbl-clauses.

# Le temps {{#sec-time}}

Voyez @fig-week, @tbl-clauses et @sec-proof.

{FIGURE}

# Les preuves {{#sec-proof .annex}}

{TABLE.replace("Vos clauses", "Vos clauses, d’après @sec-time")}
"""


@pytest.mark.parametrize(
    ("front", "has", "has_not"),
    [
        (
            "depth: essentials",
            ["Voyez chapitre\u00a01 du rapport et tableau\u00a01 de l’annexe."],
            ["Le temps", "Les preuves"],
        ),
        (
            "depth: report",
            ["Vite", "chapitre\u00a01]", "tableau\u00a01 de l’annexe et annexe\u00a0A"],
            ["Les preuves", "Vos clauses"],
        ),
        ("part: annex", ["Les preuves", "d’après chapitre\u00a01 du rapport"], ["Vite", "Voyez"]),
        ("depth: all", ["Vite", "Le temps", "Les preuves"], ["du rapport", "de l’annexe"]),
    ],
)
def test_each_document_has_its_chapters_and_names_the_others(
    convert: Convert, front: str, has: list[str], has_not: list[str]
) -> None:
    """Essentials, report and annex number alike, and what stands in another of them is referred to in words."""
    head = FRONT.replace("---\n", f"---\n{front}\n", 1)
    told = convert(PARTS, to="typst", front=head)
    printed = told.replace("~", "\u00a0")
    assert [words for words in has if words not in printed] == []
    assert [words for words in has_not if words in printed] == []

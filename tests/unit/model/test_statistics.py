from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tremplin.errors import InputError
from tremplin.model.statistics import Figure, figures, read_statistics

PATH = Path(__file__).parents[3] / "data" / "statistics.csv"
FIGURES = figures(read_statistics(PATH))
HEADER = (
    "id,topic,label,value,unit,year,scope,status,source,"
    "origin,publisher,accessed,stands_for,cited_value,note\n"
)


def figure(cited: str | None) -> Figure:
    return Figure(
        id="S01",
        topic="creations",
        label="Créations",
        value=1,
        unit="%",
        year=None,
        scope="France",
        status="corroborated",
        source="x",
        origin="quoted",
        publisher="Insee",
        accessed=None,
        stands_for=None,
        cited_value=cited,
        note=None,
    )


def value(figure_id: str) -> float:
    found = FIGURES[figure_id].value
    assert found is not None
    return found


def cited(figure_id: str) -> float:
    found = FIGURES[figure_id].cited_number
    assert found is not None
    return found


def test_every_figure_of_the_article_is_there() -> None:
    """The evidence chapter can go through all 26 figures that the article cites."""
    assert [key for key in FIGURES if key.startswith("S")] == [f"S{n:02d}" for n in range(1, 27)]


def test_figures_of_the_register_are_numbered_without_gaps() -> None:
    """A figure that was dropped would leave a hole in the numbering."""
    own = [key for key in FIGURES if key.startswith("A")]
    assert own == [f"A{n:02d}" for n in range(1, len(own) + 1)]


@pytest.mark.parametrize(
    ("figure_id", "best", "status", "says"),
    [
        ("S01", 1_111_238, "corroborated", "1 111 200"),
        ("S02", 5.7, "corroborated", "5,7 %"),
        ("S03", 716_200, "imprecise", "717 200"),
        ("S04", 65, "corroborated", "65 %"),
        ("S05", 5.9, "corroborated", "5,9 %"),
        ("S06", 284_564, "corroborated", "284 600"),
        ("S07", 5.4, "corroborated", "5,4 %"),
        ("S08", 18, "outdated", "25 % à 2 ans"),
        ("S09", 31, "contradicted", "49,5 % à 5 ans"),
        ("S10", 31, "contradicted", "un quart à 2 ans, près de la moitié à 5 ans"),
        ("S11", None, "unverifiable", "42 %"),
        ("S12", None, "unverifiable", "56 %"),
        ("S13", 50_000, "contradicted", "jusqu’à 10 000 €"),
        ("S14", 50_000, "contradicted", "jusqu’à 29 000 €"),
        ("S15", 80_000, "corroborated", "jusqu’à 80 000 €"),
        ("S16", None, "unverifiable", "27 %"),
        ("S17", 23, "contradicted", "60 %"),
        ("S18", 6, "imprecise", "six mois après le lancement"),
        ("S19", 25, "outdated", "50 %"),
        ("S20", 82, "contradicted", "près de 70 %"),
        ("S21", None, "unverifiable", "12 à 24 mois"),
        ("S22", None, "unverifiable", "35 ans"),
        ("S23", 38.5, "imprecise", "40 % environ"),
        ("S24", 33.3, "corroborated", "une partie significative"),
        ("S25", None, "unverifiable", "principal frein : le réseau"),
        ("S26", None, "unverifiable", "abandon par surmenage"),
    ],
)
def test_a_cited_figure_carries_its_verdict(
    figure_id: str, best: float | None, status: str, says: str
) -> None:
    """What the article says stands beside what the best source says, and the verdict."""
    found = FIGURES[figure_id]
    assert (found.value, found.status, found.cited_value) == (best, status, says)


@pytest.mark.parametrize(
    ("cited_id", "own_id"),
    [
        ("S01", "A02"),
        ("S04", "A14"),
        ("S05", "A09"),
        ("S06", "A04"),
        ("S13", "A64"),
        ("S15", "A67"),
        ("S20", "A17"),
    ],
)
def test_the_same_fact_has_the_same_value_twice(cited_id: str, own_id: str) -> None:
    """A figure that answers the article and also feeds a chart cannot say two things."""
    one, other = FIGURES[cited_id], FIGURES[own_id]
    assert (one.value, one.unit, one.year) == (other.value, other.unit, other.year)


def test_what_ended_and_what_lives_add_up() -> None:
    """Firms gone and firms active at three and five years are the same hundred."""
    assert value("S08") + value("A17") == 100
    assert value("S09") + value("A22") == 100


def test_every_figure_of_the_article_explains_itself() -> None:
    """Each verdict comes with a sentence, and each of the register's own figures cites nothing."""
    for found in FIGURES.values():
        assert bool(found.cited_value) == found.id.startswith("S"), found.id
        assert found.note or found.id.startswith("A"), found.id
        assert not found.note or found.note.endswith("."), found.id


def test_the_articles_creations_do_not_add_up() -> None:
    """S-CHK: the article leaves 109 400 classic sole proprietors where Insee counts 110 480."""
    assert cited("S01") - cited("S03") - cited("S06") == 109_400
    assert value("A02") - value("A03") - value("A04") == 110_480 == value("A05")


def test_the_share_of_micro_is_computed_from_the_counts() -> None:
    """S-CHK: 64,54 % with the article's numbers, 64,45 % with Insee's."""
    assert round(100 * cited("S03") / cited("S01"), 2) == 64.54
    assert round(100 * value("A03") / value("A02"), 2) == 64.45
    assert value("A13") == 64.5


def test_growth_by_form_leads_to_the_total_of_2025() -> None:
    """S-CHK: 2024 by form, grown at the published rates, gives 1 165 753 for 1 165 813."""
    grown = sum(
        value(count) * (1 + value(rate) / 100)
        for count, rate in [("A03", "A09"), ("A04", "A10"), ("A05", "A11")]
    )
    assert round(grown) == 1_165_753
    assert value("A06") == 1_165_813
    assert round(100 * value("A03") * 1.059 / value("A06"), 2) == 65.06


def test_growth_of_2024_follows_from_the_totals() -> None:
    """The 5,7 % of 2024 and the 4,9 % of 2025 are those of the counts, but for rounding."""
    assert 100 * (value("A02") / value("A01") - 1) == pytest.approx(value("S02"), abs=0.05)
    assert 100 * (value("A06") / value("A02") - 1) == pytest.approx(value("A08"), abs=0.05)


def test_the_share_of_arce_follows_from_the_counts() -> None:
    """23 % of those helped in 2022 took the ARCE, 18 % in 2021, 34 % of the entrants of 2022."""
    shares = [
        round(100 * value(arce) / (value(arce) + value(are)))
        for are, arce in [("A73", "A74"), ("A75", "A76"), ("A77", "A78")]
    ]
    assert shares == [18, 23, 34]
    assert value("S17") == 23


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 111 200", 1_111_200),
        ("1\u202f111\u202f200", 1_111_200),
        ("49,5 % à 5 ans", 49.5),
        ("40 % environ", 40),
        ("-4,1 %", -4.1),
        ("12 à 24 mois", None),
        ("près de 70 %", None),
        ("35 ans", None),
        (None, None),
    ],
)
def test_a_cited_number_is_read_from_french(text: str | None, number: float | None) -> None:
    """Checks compute with what the article says, and only where it says one number."""
    assert figure(text).cited_number == number


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=0, max_value=99))
def test_any_french_number_is_read(whole: int, cents: int) -> None:
    """Thousands are separated by spaces and decimals by a comma, whatever the number."""
    text = f"{whole:,}".replace(",", " ") + f",{cents:02d} %"
    assert figure(text).cited_number == float(f"{whole}.{cents:02d}")


def test_sources_come_in_their_order() -> None:
    """The first source is the one to cite."""
    assert FIGURES["S09"].sources[0] == "insee_ip2070"
    assert FIGURES["S16"].sources == ()


@pytest.mark.parametrize(
    ("row", "column", "told"),
    [
        ("A01,t,L,12,%,2024,F,unverifiable,,,,,,,", "value", "is empty where the status is"),
        (
            "A01,t,L,12,%,2024,F,corroborated,,quoted,Insee,2026-11-22,,,",
            "source",
            "may be empty only where the status",
        ),
        ("A01,t,L,12,%,2024,F,corroborated,a_b,,Insee,2026-11-22,,,", "origin", "says where"),
        ("A01,t,L,12,%,2024,F,corroborated,a_b,quoted,,2026-11-22,,,", "publisher", "is named"),
        ("A01,t,L,12,%,2024,F,corroborated,a_b,quoted,Insee,,,,", "accessed", "is told where"),
        ("A007,t,L,12,%,2024,F,corroborated,a_b,quoted,Insee,2026-11-22,,,", "id", "an id such as"),
        (
            "A01,t,L,12,%,2024,F,true,a_b,quoted,Insee,2026-11-22,,,",
            "status",
            "'true' is not a known value",
        ),
        (
            "B1,t,L,12,%,2024,F,corroborated,a_b,quoted,Insee,2026-11-22,,,",
            "id",
            "an id such as S01 or A12",
        ),
        (
            "A01,t,L,12,%,24,F,corroborated,a_b,quoted,Insee,2026-11-22,,,",
            "year",
            "24 is not allowed",
        ),
        (
            'A01,t,L,12,%,2024,F,corroborated,"a_b, c",quoted,Insee,2026-11-22,,,',
            "source",
            "keys of sources.bib joined by",
        ),
        ("A01,t,L,12,%,2024,,corroborated,a_b,quoted,Insee,2026-11-22,,,", "scope", "is empty"),
    ],
)
def test_a_figure_that_breaks_a_rule_is_refused(
    tmp_path: Path, row: str, column: str, told: str
) -> None:
    """No figure without a source, no value without support, no verdict outside the five."""
    path = tmp_path / "statistics.csv"
    path.write_text(HEADER + row + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=told) as caught:
        read_statistics(path)
    assert [(problem.place.line, problem.place.column) for problem in caught.value.problems] == [
        (2, column)
    ]


def test_reports_can_print_the_texts_as_they_are() -> None:
    """French texts have ordinary spaces, the one before ; : ! ? » % too, and curly apostrophes."""
    texts = (
        read_statistics(PATH)
        .frame.select("label", "scope", "unit", "cited_value", "note")
        .unpivot()["value"]
        .drop_nulls()
    )
    slips = texts.str.contains(r"[\u00a0\u202f']|^\s|\s$|\s\s|\S[;:!?»%]")
    assert texts.filter(slips).to_list() == []

import re
from pathlib import Path
from urllib.parse import urlsplit

import pypandoc
import pytest

from tremplin.errors import InputError
from tremplin.model.sources import Source, parse, read_keys

PATH = Path(__file__).parents[3] / "data" / "sources.bib"
FILE, KEYS = read_keys(PATH)
SOURCES = parse(FILE)


def write(folder: Path, text: str) -> Path:
    path = folder / "sources.bib"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_scan_and_the_parser_see_the_same_entries() -> None:
    """A key that a table may cite is a source that a report can print."""
    assert set(SOURCES) == KEYS


def test_a_page_and_an_article_of_law_are_read() -> None:
    """A source says who, what, when and where."""
    assert SOURCES["insee_ip2070"] == Source(
        key="insee_ip2070",
        type="document",
        title=(
            "Insee Première n° 2070 : survie à cinq ans des entreprises classiques créées en 2018"
        ),
        author="Insee",
        year=2025,
        url="https://www.insee.fr/fr/statistiques/8634190",
    )
    law = SOURCES["ct_l1222_5"]
    assert law.title == "Code du travail, article L1222-5"
    assert law.author is None
    assert law.url == "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000033022371"


def test_titles_keep_what_bibtex_would_change() -> None:
    """Percent signs, capitals and accents of French titles come out as they went in."""
    assert SOURCES["mma_177401"].title == "Micro-entrepreneurs : 28 % survivent au cap des 5 ans"
    assert SOURCES["france_travail_arce"].title.endswith("(ARCE)")


def test_the_case_law_and_the_public_pages_can_be_cited() -> None:
    """Criteria and chapters find the judgments and official pages that they need."""
    assert {
        "cass_soc_2000_07_11",
        "cass_soc_2002_07_10",
        "cass_soc_2013_06_19",
        "cass_soc_2014_07_09",
        "cass_soc_2020_09_23",
        "ct_l1222_1",
        "css_l171_2_1",
        "urssaf_acre",
        "france_travail_arce",
        "bpifrance_exclusivite",
        "service_public_f11677",
    } <= KEYS


def test_addresses_are_web_pages() -> None:
    """A reader who clicks reaches a page, and nothing points at this machine."""
    for source in SOURCES.values():
        if source.url:
            parts = urlsplit(source.url)
            assert parts.scheme in {"http", "https"}, source.key
            assert "." in parts.netloc, source.key


def test_keys_are_snake_case() -> None:
    """A key can be typed in a table and in a citation without escaping."""
    assert [key for key in KEYS if not re.fullmatch(r"[a-z][a-z0-9_]*", key)] == []


def test_citeproc_sets_the_whole_bibliography_without_a_warning() -> None:
    """Reports can print every source: pandoc has nothing to complain about."""
    document = f"---\nbibliography: {PATH}\nnocite: '@*'\nlang: fr\n---\n\n[@insee_ip2070]\n"
    text = pypandoc.convert_text(
        document, "plain", format="markdown", extra_args=["--citeproc", "--fail-if-warnings"]
    )
    assert "(Insee 2025" in text
    assert "Code du travail, article L1222-5" in text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "sources.bib:1: has no entry"),
        ("% only words\n@comment{no}\n", "sources.bib:1: has no entry"),
        ("@misc{a, title={A}}\n@misc{, title={B}}\n", "sources.bib:2: an entry has no key"),
        (
            "@misc{a, title={A}}\n\n@Book{ a ,\n title={B}}\n",
            "sources.bib:3: a: the key stands already on line 1. Keep one entry",
        ),
    ],
)
def test_a_bibliography_without_good_keys_is_refused(tmp_path: Path, text: str, told: str) -> None:
    """Missing entries, missing keys and doubles are told with their line."""
    with pytest.raises(InputError, match=re.escape(told)):
        read_keys(write(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("@misc{a, title={A}\n\n@misc{b, title={B}}\n", "cannot be read as BibTeX"),
        ("@misc{a, author={{Insee}}}\n", "sources.bib: a: has no title. Add one"),
    ],
)
def test_an_entry_that_pandoc_cannot_use_is_refused(tmp_path: Path, text: str, told: str) -> None:
    """A missing brace or title is told in words, without a traceback."""
    file, _ = read_keys(write(tmp_path, text))
    with pytest.raises(InputError, match=told):
        parse(file)


def test_people_are_named_in_full(tmp_path: Path) -> None:
    """An author with a first name is written first name first; several are joined."""
    path = write(tmp_path, "@book{a, title={A}, author={Fictif, Alix and Essai, Lou}, year=2020}")
    assert parse(read_keys(path)[0])["a"] == Source(
        "a", "book", "A", "Alix Fictif, Lou Essai", 2020, None
    )

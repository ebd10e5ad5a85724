import base64
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tremplin.errors import ReportError
from tremplin.pipeline.render.html import finish_html, safe_json, vega_bundle

CHART = (
    '<div class="chart" data-chart="fig-week"><img alt="x" src="data:image/svg+xml;base64,"></div>'
)
BARS = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "mark": "bar",
    "data": {"values": [{"url": 1, "name": "</script><!-- \u2028 & </SCRIPT>"}]},
}


@pytest.fixture(autouse=True, scope="module")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the Vega bundle of these tests out of the user's cache."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        vega_bundle.cache_clear()
        yield folder
    vega_bundle.cache_clear()


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Give a work folder with the scripts of the page and one chart."""
    scripts = tmp_path / "_extensions/tremplin"
    scripts.mkdir(parents=True)
    (scripts / "page.js").write_text("page();", encoding="utf-8")
    (scripts / "charts.js").write_text("charts();", encoding="utf-8")
    (tmp_path / "figures").mkdir()
    specification = json.dumps(BARS)
    (tmp_path / "figures/fig-week.vl.json").write_text(specification, encoding="utf-8")
    return tmp_path


def finished(work: Path, body: str, head: str = "", before: str = "") -> str:
    """Finish a page with this body, and give its text."""
    page = work / "report.html"
    page.write_text(
        f'<!DOCTYPE html>\n<html lang="fr"><head>{before}\n<meta charset="utf-8" />\n'
        f'{head}</head><body>{body}<template id="tremplin-scripts"></template></body></html>',
        encoding="utf-8",
    )
    finish_html(work, page)
    return page.read_text(encoding="utf-8")


def scripts_of(page: str) -> list[str]:
    """Give the code of a page's scripts, in order."""
    return re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)


@pytest.mark.thorough
def test_a_page_carries_its_charts_and_one_bundle(work: Path) -> None:
    """A chart shown twice has one specification, and Vega stands in the page once."""
    page = finished(work, CHART + CHART)
    assert page.count('<script type="application/json" data-for="fig-week">') == 1
    assert [script[:8] for script in scripts_of(page)] == ["page();", "(functio", "charts()"]
    assert page.count("window.vegaEmbed=") == 1


def test_a_page_without_charts_carries_no_vega(work: Path) -> None:
    """A report without charts is not a megabyte heavier for it."""
    page = finished(work, "<p>Rien à dessiner</p>")
    assert scripts_of(page) == ["page();"]
    assert len(page) < 1000


def test_the_specification_survives_the_page(work: Path) -> None:
    """Text that looks like markup reaches the chart; the schema's web address does not."""
    page = finished(work, CHART)
    found = re.search(r'data-for="fig-week">(.*?)</script>', page, flags=re.DOTALL)
    assert found is not None
    assert json.loads(found[1]) == {"mark": "bar", "data": BARS["data"]}


def test_the_policy_names_exactly_the_scripts_of_the_page(work: Path) -> None:
    """The browser is told to run these scripts, no other, and to load nothing."""
    page = finished(work, CHART)
    found = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    assert found is not None
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in scripts_of(page)
    ]
    rules = dict(rule.split(" ", 1) for rule in found[1].split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split() == hashes
    assert "connect-src" not in rules
    assert page.index("Content-Security-Policy") < page.index("<body>")


def test_styles_that_quarto_adds_are_left_out(work: Path) -> None:
    """A page made with Quarto names its encoding first and carries no font twice."""
    page = finished(
        work, "", before="<style>@font-face{src:url(data:font/ttf;base64,AAAA)}</style>"
    )
    assert page.startswith(
        '<!DOCTYPE html>\n<html lang="fr"><head>\n<meta charset="utf-8">\n<meta http'
    )
    assert "font/ttf" not in page


@pytest.mark.parametrize(
    "body",
    [
        '<img src="https://example.org/pixel.png">',
        '<img src="figures/fig-week.svg">',
        '<p style="background: url(//example.org/a.png)">a</p>',
        "<style>@import 'https://example.org/a.css';</style>",
        '<link rel="stylesheet" href="styles.css">',
        '<iframe src="https://example.org"></iframe>',
        '<form action="https://example.org"></form>',
    ],
)
def test_a_page_that_would_load_something_is_refused(work: Path, body: str) -> None:
    """A private report that asks the network for anything is not finished."""
    with pytest.raises(ReportError, match=r"report\.html is not self-contained: it would load"):
        finished(work, body)


def test_links_for_the_reader_are_allowed(work: Path) -> None:
    """Sources keep their addresses: nothing is loaded before the reader follows one."""
    assert "https://www.insee.fr" in finished(work, '<a href="https://www.insee.fr/">Insee</a>')


def test_a_chart_that_fetches_its_data_is_refused(work: Path) -> None:
    """A chart draws what the report carries, not what an address says that day."""
    specification = {"layer": [{"data": {"url": "https://example.org/a.csv"}, "mark": "bar"}]}
    path = work / "figures/fig-week.vl.json"
    path.write_text(json.dumps(specification), encoding="utf-8")
    with pytest.raises(ReportError, match="the chart fig-week loads its data from an address"):
        finished(work, CHART)


@pytest.mark.parametrize("content", ["", "[1]", "{"])
def test_a_broken_specification_is_named(work: Path, content: str) -> None:
    """The report stops with the name of the chart that cannot be drawn."""
    (work / "figures/fig-week.vl.json").write_text(content, encoding="utf-8")
    with pytest.raises(ReportError, match="the chart fig-week"):
        finished(work, CHART)


def test_a_page_of_another_template_is_refused(work: Path) -> None:
    """A page that has no place for the scripts was not made by our template."""
    page = work / "other.html"
    page.write_text("<html><head></head><body></body></html>", encoding="utf-8")
    with pytest.raises(ReportError, match=r"other\.html was not made from template\.html"):
        finish_html(work, page)


def test_the_bundle_is_kept_for_the_next_report(cache_folder: Path) -> None:
    """Making the bundle costs seconds once a machine, not once a report."""
    bundle = vega_bundle()
    kept = list((cache_folder / "tremplin").iterdir())
    assert [file.name.startswith("vega-embed-") for file in kept] == [True]
    assert kept[0].read_text(encoding="utf-8") == bundle
    assert "</script" not in bundle.lower()
    assert "<!--" not in bundle


@given(
    st.recursive(
        st.text(st.characters()) | st.integers() | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_json_in_a_script_cannot_end_it(value: object) -> None:
    """Whatever a person typed, the script ends where we end it, and the value comes back."""
    text = safe_json(value)
    assert not set("<>&") & set(text)
    assert text.isascii()
    assert json.loads(text) == value

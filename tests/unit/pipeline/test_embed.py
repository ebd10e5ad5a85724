from pathlib import Path

import pytest

from tremplin.pipeline.render.embed import embed


def embedded(work: Path, text: str) -> str:
    """Give what becomes of a page in a work folder with a figure, a font and styles."""
    files = {"figures/a.svg": "<svg/>", "fonts/f.woff2": "f", "styles.css": "p { margin: 0 }\n"}
    for name, content in {**files, "notes.txt": "n", "../b.svg": "<svg/>"}.items():
        (work / name).parent.mkdir(parents=True, exist_ok=True)
        (work / name).write_text(content)
    page = work / "report.html"
    page.write_text(text)
    embed(work, page)
    return page.read_text()


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        (
            '<img class="x" src="figures/a.svg" alt="A" />',
            '<img class="x" src="data:image/svg+xml;base64,PHN2Zy8+" alt="A" />',
        ),
        ('src: url("fonts/f.woff2");', 'src: url("data:font/woff2;base64,Zg==");'),
        ('<link rel="stylesheet" href="styles.css" />', "<style>\np { margin: 0 }\n</style>"),
    ],
)
def test_a_page_gets_the_files_it_shows(tmp_path: Path, text: str, becomes: str) -> None:
    """Charts, fonts and styles of the work folder become part of the page."""
    assert embedded(tmp_path / "work", text) == becomes


@pytest.mark.parametrize(
    "name", ["../b.svg", "/etc/passwd", "notes.txt", "figures/none.svg", "figures", "data:,x"]
)
def test_no_other_file_gets_into_a_page(tmp_path: Path, name: str) -> None:
    """What lies elsewhere, is of another kind or not there is left as it was, and never read."""
    text = f'<img src="{name}" alt="">'
    assert embedded(tmp_path / "work", text) == text

import re
import subprocess
from pathlib import Path

import pikepdf
import pytest

from tremplin.errors import InputError, ReportError
from tremplin.pipeline.render import choose_renderer
from tremplin.pipeline.render.pandoc import PandocRenderer
from tremplin.warm.machine import Machine


def test_report_is_made_in_both_formats(work: Path, machine: Machine) -> None:
    """One call leaves the page and the PDF beside the document."""
    outputs = choose_renderer("pandoc").render(work, ["html", "pdf"], machine.run_module)
    assert outputs == {"html": work / "report.html", "pdf": work / "report.pdf"}
    page = outputs["html"].read_text(encoding="utf-8")
    assert "Vous pouvez commencer le 4 janvier 2027, à deux conditions." in page
    assert "Avant de commencer\u00a0:" in page
    assert re.search(r"tableau\u00a02|tableau\u00a01", page)


def test_pdf_is_accessible_and_anonymous(work: Path, machine: Machine) -> None:
    """The PDF is tagged, titled, in French, bookmarked, embeds its fonts and names nobody."""
    PandocRenderer().render(work, ["pdf"], machine.run_module)
    with pikepdf.open(work / "report.pdf") as pdf:
        assert str(pdf.Root.Lang).startswith("fr")
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.docinfo["/Title"]) == "Rapport de faisabilité"
        assert "/Author" not in pdf.docinfo
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        with pdf.open_outline() as outline:
            assert [str(item.title) for item in outline.root] == [
                "1 Synthèse",
                "2 Votre contrat de travail",
                "3 Votre temps",
                "4 Vos démarches",
                "5 Les preuves",
            ]
        fonts = [item for item in pdf.objects if _is(item, "/FontDescriptor")]
        assert len(fonts) >= 4
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
        media_box = [float(side) for side in pdf.pages[0].mediabox]
        assert media_box == pytest.approx([0, 0, 595.28, 841.89], abs=0.01)


def test_a_name_of_175_letters_stays_on_its_page(work: Path, machine: Machine) -> None:
    """No word of the PDF ends beyond the margin, nor does an id as long as an e-mail address."""
    document = work / "report.qmd"
    text = document.read_text(encoding="utf-8").replace("Camille Exemple", "Wolfe" * 35)
    text = text.replace("reference: ", f"reference: {'wolfe-' * 10} # ")
    document.write_text(text, encoding="utf-8")
    PandocRenderer().render(work, ["pdf"], machine.run_module)
    command = ["pdftotext", "-bbox", "-l", "1", str(work / "report.pdf"), "-"]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert found.count("Wolfe") >= 20
    assert max(float(right) for right in re.findall(r'xMax="([\d.]+)"', found)) < 530


def test_charts_stay_vector_in_print(work: Path, machine: Machine) -> None:
    """No chart becomes a picture of pixels."""
    PandocRenderer().render(work, ["pdf"], machine.run_module)
    with pikepdf.open(work / "report.pdf") as pdf:
        assert not [item for item in pdf.objects if _is(item, subtype="/Image")]


def test_same_document_gives_the_same_bytes(work: Path, machine: Machine) -> None:
    """Rendering twice gives the same files, so that receipts can be compared."""
    first = PandocRenderer().render(work, ["html", "pdf"], machine.run_module)
    before = [path.read_bytes() for path in first.values()]
    again = PandocRenderer().render(work, ["html", "pdf"], machine.run_module)
    assert [path.read_bytes() for path in again.values()] == before


def test_unknown_reference_fails_with_its_name(work: Path, machine: Machine) -> None:
    """A report with a reference to nothing is not made; the error says which."""
    document = work / "report.qmd"
    text = document.read_text(encoding="utf-8")
    document.write_text(text.replace("@fig-forms)", "@fig-gone)"), encoding="utf-8")
    with pytest.raises(ReportError, match="« fig-gone »") as caught:
        PandocRenderer().render(work, ["pdf"], machine.run_module)
    assert len(str(caught.value)) < 400
    assert not (work / "report.pdf").exists()


def test_typst_error_is_told_in_one_screen(work: Path, machine: Machine) -> None:
    """A broken template stops the report with the place that Typst names."""
    template = work / "_extensions/tremplin/template.typ"
    template.write_text(template.read_text(encoding="utf-8") + "\n#nonsense()\n", encoding="utf-8")
    with pytest.raises(ReportError, match="unknown variable: nonsense"):
        PandocRenderer().render(work, ["pdf"], machine.run_module)


def test_font_that_is_not_there_stops_the_report(work: Path, machine: Machine) -> None:
    """A report is not printed in another font than the brand's."""
    brand = work / "_brand.yml"
    text = brand.read_text(encoding="utf-8").replace("Tremplin Serif", "Garamond")
    brand.write_text(text, encoding="utf-8")
    with pytest.raises(ReportError, match="unknown font family: garamond"):
        PandocRenderer().render(work, ["pdf"], machine.run_module)


def test_broken_brand_stops_the_report(work: Path, machine: Machine) -> None:
    """A brand whose font files are gone is bad input, told with the line."""
    (work / "_extensions/tremplin/fonts/TremplinSans-Italic.ttf").unlink()
    with pytest.raises(InputError, match=r"_brand.yml:\d+: typography.fonts\[0\].files\[1\]"):
        PandocRenderer().render(work, ["pdf"], machine.run_module)


def test_brand_of_another_organisation_is_used(work: Path, machine: Machine) -> None:
    """An organisation that changes the brand finds its name, contact and colour in the report."""
    brand = work / "_brand.yml"
    text = brand.read_text(encoding="utf-8")
    text = text.replace("name: tremplin", "name: Chambre de Métiers & Co")
    text = text.replace('ink: "#12344d"', 'ink: "#4d1234"')
    brand.write_text(text, encoding="utf-8")
    PandocRenderer().render(work, ["html", "pdf"], machine.run_module)
    page = (work / "report.html").read_text(encoding="utf-8")
    assert "Chambre de Métiers &amp; Co" in page
    assert "#4d1234" in page
    printed = (work / "report.typ").read_text(encoding="utf-8")
    assert "[Chambre de Métiers & Co]" in printed
    assert '"ink": rgb("#4d1234")' in printed


def test_nothing_of_the_home_folder_is_read(
    work: Path, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person's own pandoc defaults do not change the report."""
    home = work.parent / "home"
    (home / "pandoc/templates").mkdir(parents=True)
    (home / "pandoc/abbreviations").write_text("x", encoding="utf-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    monkeypatch.setenv("HOME", str(home))
    (home / "pandoc/init.lua").write_text("error('read from home')", encoding="utf-8")
    PandocRenderer().render(work, ["pdf"], machine.run_module)


def _is(item: object, kind: str = "", subtype: str = "") -> bool:
    if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return False
    return (not kind or item.get("/Type") == kind) and (
        not subtype or item.get("/Subtype") == subtype
    )


def test_what_is_no_fact_says_so_on_every_page(work: Path, machine: Machine) -> None:
    """A page torn out of a report on an assumption still tells that it is one, and the page on a screen too."""
    document = work / "report.qmd"
    front = '---\nvintage: "essai"\nbanner: "Hypothèse : ce qui serait."\n'
    document.write_text(document.read_text("utf-8").replace("---\n", front, 1), "utf-8")
    made = PandocRenderer().render(work, ["html", "pdf"], machine.run_module)
    assert ">Hypothèse : ce qui serait.<" in plain(made["html"].read_text("utf-8"))
    words = subprocess.run(["pdftotext", made["pdf"], "-"], capture_output=True, check=True).stdout
    pages = plain(words.decode()).split("\f")[:-1]
    assert len(pages) > 1
    assert all("Hypothèse : ce qui serait." in page for page in pages)
    assert "essai" in pages[0]


def plain(text: str) -> str:
    """Give a text with ordinary spaces."""
    return re.sub(r"[\u00a0\u202f]", " ", text)

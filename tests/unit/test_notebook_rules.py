import ast
import io
import json
import re
import tokenize
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
import polars as pl
import pytest
import yaml
from jinja2 import TemplateSyntaxError, nodes
from nbformat import NotebookNode

from tremplin.model.results import MIME
from tremplin.notebook import texts as shared_texts
from tremplin.notebook.display import MARKDOWN, SVG
from tremplin.notebook.prose import ENVIRONMENT
from tremplin.notebook.warm import templates
from tremplin.pipeline.chapters import PARAMETERS, SETUP, tags
from tremplin.pipeline.document import DEPTHS, VEGALITE, cell_options

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_LINES = 12
MOST_OF_A_TEMPLATE = 1_750
MOST_OF_A_TABLE = 2_700
"""Characters; a table is one template, however many rows it has."""

CAPTIONS = {"fig": "fig-cap", "tbl": "tbl-cap"}
LABEL = re.compile(r"(fig|tbl)-[a-z0-9]+(-[a-z0-9]+)*")
FRONT_MATTER = {"title", "label", "lang", "bibliography", "execute"}
ADDRESS = re.compile(r"\b(?:https?|file|ftp)://|\bwww\.")
PATH = re.compile(
    r"\b(?:params|data|reports|notebooks|src|tests)/|(?:^|[\s\"'(])\.{0,2}/?\w[\w.-]*/\w+\.\w{2,5}\b|\.\./"
)
MACHINE = re.compile(
    r"(?<![\w.:/~-])/(?:root|home|Users|work|opt|tmp|var|usr|mnt)/|\b[A-Z]:\\+Users"
)
REFERENCE = re.compile(r"(?<![\w\\])@((?:fig|tbl|sec)-[a-z0-9-]*[a-z0-9])")
CITATION = re.compile(r"(?<![\w\\])@(?!(?:fig|tbl|sec)-)(\w+)")
CITED = re.compile(r"""\bcite\(\s*["']([^"']+)["']\s*\)""")
BIB_KEY = re.compile(r"(?m)^@\w+\{\s*([^,\s]+)\s*,")
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
JINJA_TEXT = re.compile(r""""((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'""")
ATTRIBUTE_TEXT = re.compile(r'="([^"]*)"')
NOT_PROSE = re.compile(
    r"(?m)`[^`\n]*`"  # code
    r"|\b\w+://\S+"  # addresses
    r"|^\|[\s:|-]+\|$"  # the rule of a table
    r"|^:::.*$|^:   "  # fences, definitions
    r"|\{[^{}\n]*\}"  # attributes
    r"|\[[^\[\]]*@[^\[\]]*\]"  # citations
    r"|@[\w-]+"  # references
    r"|\b\d+:\d+\b"  # times and proportions
)
FRENCH = {
    "no space before : ; ! or ?": re.compile(r"[\w»)\]’”€%*…][;:!?]+(?=[\s*»)|\"]|$)"),
    "no space before % or €": re.compile(r"\d[%€]"),
    "no space inside « »": re.compile(r"«\S|[^\s\u00a0\u202f]»"),
    "a straight apostrophe": re.compile(r"(?i)\b[a-zà-ÿ]+'[\w*«]"),
    "three dots for an ellipsis": re.compile(r"\.\.\."),
}
# What the tagged cells may do and no other.
FREE: dict[type[ast.AST], set[str]] = {
    ast.Constant: {PARAMETERS},
    ast.Import: {SETUP},
    ast.ImportFrom: {SETUP},
}
VALUE = "valeur"  # stands for what a template fills in
FREQUENCY = re.compile(
    r"(?<!trop )\b(souvent|rarement|la plupart|presque toujours|d’ordinaire|en général|généralement|d’habitude)\b"
)
PASSAGE = re.compile(r"\n\s*\n|\n(?=\||- |\d+\. )")
"""What parts paragraphs, items of a list and rows of a table."""

SENTENCE = re.compile(r"(?<=[.;!?|])\s|\n")
FIGURE = re.compile(r"\b(?:best|figure)\(|\bchecks\.|\bcreations\b")
NUMERAL = "une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix"
TYPED = re.compile(
    r"\b(?:19|20)\d\d\b"
    rf"|(?i:\b(?:{NUMERAL})\b(?: [a-zà-ÿ’-]+)? sur (?:{NUMERAL}|vingt|cent)\b)"
    r"|(?i:\b(?:un|deux|trois)[ -](?:tiers|quarts?)\b|\bla moitié\b)"
)
# The words of a reason are filled already.
UNFILLED = re.compile(
    r"\b(?!reason\.)\w+\.(?:title|meaning|action|detail|question|correction)\b(?! \| fill)"
)
TOLD = {
    "criteria": "advice",
    "conventions": "reason",
    "findings": "meaning",
    "steps": "detail",
    "documents": "why",
    "insurances": "duty",
}
"""Tables of words whose column is printed as advice or as a reason."""


def parsed(cell: NotebookNode) -> ast.Module:
    """Read the Python of a cell; magics are not Python."""
    return ast.parse(str(cell.source))


def texts(cell: NotebookNode) -> Iterator[str]:
    """Give what a reader may see of a cell: its Markdown, or its captions and string literals."""
    if cell.cell_type == "markdown":
        yield cell.source
    elif cell.cell_type == "raw":
        yield str(front_matter(cell).get("title", ""))
    elif not tags(cell):
        options = cell_options(cell)
        yield from (options[name] for name in CAPTIONS.values() if name in options)
        for node in ast.walk(parsed(cell)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def prose(text: str) -> Iterator[str]:
    """Give the running text of a template: without its code, and the sentences inside its code."""
    for code in JINJA.findall(text):
        yield from (one or other for one, other in JINJA_TEXT.findall(code))
    filled = JINJA.sub(lambda code: VALUE if code[0].startswith("{{") else "", text)
    yield from ATTRIBUTE_TEXT.findall(filled)
    yield NOT_PROSE.sub(lambda found: VALUE if found[0].startswith("`") else " ", filled)


def misprints(text: str) -> Iterator[str]:
    """Tell where a text breaks the rules of French typography."""
    for passage in prose(text):
        for rule, pattern in FRENCH.items():
            for found in pattern.finditer(passage):
                yield f"{rule}: {passage[max(0, found.start() - 20) : found.end() + 10]!r}"


def front_matter(cell: NotebookNode) -> dict[str, Any]:
    """Read the front matter of a chapter; nothing where the cell holds none."""
    found = re.fullmatch(r"---\n(.*)\n---\s*", cell.source, re.DOTALL)
    read = yaml.safe_load(found[1]) if cell.cell_type == "raw" and found else None
    return read if isinstance(read, dict) else {}


def setup_faults(cell: NotebookNode) -> Iterator[str]:
    """Set up with the library alone: whatever else a chapter needs, the library gives."""
    for node in parsed(cell).body if SETUP in tags(cell) else ():
        modules = [name.name for name in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for module in modules:
            if module.split(".")[0] != "tremplin":
                yield f"imports other than tremplin: {module}"


def front_faults(notebook: NotebookNode) -> Iterator[str]:
    """Title and label of the chapter, its language, where its sources are, and no code in what is printed."""
    front = front_matter(notebook.cells[0])
    if front.keys() - {"depth"} != FRONT_MATTER or front.get("depth", "report") not in DEPTHS:
        yield f"front matter has the keys {sorted(front)}, not {sorted(FRONT_MATTER)}"
        return
    if not re.fullmatch(r"sec-[a-z]+(-[a-z]+)*", str(front["label"])):
        yield f"label {front['label']!r} of the front matter is not sec-…"
    if front["lang"] != "fr":
        yield f"lang is {front['lang']!r}"
    if front["execute"] != {"echo": False}:
        yield f"execute is {front['execute']}, so that code would be printed"
    if not (ROOT / "notebooks" / front["bibliography"]).is_file():
        yield f"there is no bibliography {front['bibliography']!r}"
    if any(cell.cell_type == "raw" for cell in notebook.cells[1:]):
        yield "a raw cell stands after the front matter"


def tag_faults(notebook: NotebookNode) -> Iterator[str]:
    """One cell of parameters and one of setup, and no other tags or metadata."""
    counts = Counter(tag for cell in notebook.cells for tag in cell.metadata.get("tags", ()))
    for tag in (PARAMETERS, SETUP):
        if counts.pop(tag, 0) != 1:
            yield f"there must be one cell tagged {tag}"
    if counts:
        yield f"unknown tags {sorted(counts)}"
    kept = {key for cell in notebook.cells for key in cell.metadata} - {"tags"}
    kept |= notebook.metadata.keys() - {"kernelspec", "language_info"}
    if kept:
        yield f"metadata {sorted(kept)} left by a tool"


PARAMETER_SETS = (
    {"profile", "data", "as_of"},
    {"reports", "people", "failures", "data", "as_of"},
    {"data", "snapshot"},
)


def parameter_faults(cell: NotebookNode) -> Iterator[str]:
    """Parameters are paths and a date, as plain text: a person's, a portfolio's or the data's."""
    if PARAMETERS in tags(cell):
        given = {
            ast.unparse(node.targets[0]): node.value.value
            for node in parsed(cell).body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        }
        if given.keys() not in PARAMETER_SETS or len(given) != len(parsed(cell).body):
            yield f"parameters are {sorted(given)}, not those of a chapter, of the portfolio or of the data"
        if not all(isinstance(value, str) for value in given.values()):
            yield "a parameter is not text"


def code_faults(cell: NotebookNode) -> Iterator[str]:
    """Thin cells of plain Python, run, without definitions, imports, paths or addresses."""
    try:
        tree = parsed(cell)
    except SyntaxError:
        yield "not plain Python (a magic?)"
        return
    if cell.execution_count is None:
        yield "never executed, so nbval compares nothing: run `make notebooks`"
    lines = code_lines(cell.source)
    if lines > MOST_LINES:
        yield f"{lines} lines of Python, more than {MOST_LINES}"
    for node in ast.walk(tree):
        fault = node_fault(node)
        if fault and not (tags(cell) & FREE.get(type(node), set())):
            yield fault


def node_fault(node: ast.AST) -> str | None:
    """Tell what a piece of Python does that a chapter should not do."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() | ast.Lambda():
            return "defines a function or a class: that belongs into the library"
        case ast.Import() | ast.ImportFrom():
            return "imports outside the setup cell"
        case ast.JoinedStr():
            return "an f-string escapes nothing: use the template of report.say"
        case ast.Constant(value=str(text)) if found := PATH.search(text) or ADDRESS.search(text):
            return f"a path or an address in the code: {found[0].strip()!r}"
        case ast.Call(func=ast.Attribute(attr="draw")):
            alt = {word.arg: word.value for word in node.keywords}.get("alt")
            if not isinstance(alt, ast.Constant) or not str(alt.value).strip():
                return "a chart without a text that says what it shows"
    return None


def code_lines(source: str) -> int:
    """Count the lines on which Python stands: no comments or brackets alone, and a long string counts once."""
    marks = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    marks.add(tokenize.OP)
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return len({token.start[0] for token in tokens if token.type not in marks and token.string})


def template_faults(cell: NotebookNode) -> Iterator[str]:
    """Templates that one can read: short, and no condition within a condition on one line."""
    table = cell_options(cell).get("label", "").startswith("tbl-")
    most = MOST_OF_A_TABLE if table else MOST_OF_A_TEMPLATE
    for template in templates(cell.source):
        if len(template.value) > most:
            yield (
                f"a template of {len(template.value)} characters, more than {most}: "
                "split the cell by subject, or choose between short texts"
            )
        try:
            tree = ENVIRONMENT.parse(template.value)
        except TemplateSyntaxError:
            continue  # what is wrong with it, `tests/templates.py` tells
        for line in nested(tree):
            yield f"line {template.line + line - 1} has a condition within a condition"


def nested(node: nodes.Node, outer: int | None = None) -> Iterator[int]:
    """Give the lines on which a condition stands within another one that begins on the same line."""
    for child in node.iter_child_nodes():
        condition = isinstance(child, nodes.If | nodes.CondExpr)
        elif_ = isinstance(node, nodes.If) and child in node.elif_
        if condition and child.lineno == outer and not elif_:
            yield child.lineno
        yield from nested(child, child.lineno if condition else outer)


def label_faults(cell: NotebookNode) -> Iterator[str]:
    """Figures and tables have a label of their kind and a caption; a chart is a figure."""
    options = cell_options(cell)
    label = options.pop("label", None)
    if label is None:
        if options:
            yield f"options {sorted(options)} without a label"
        if any(SVG in output.get("data", {}) for output in cell.outputs):
            yield "a chart without a label"
        return
    if not LABEL.fullmatch(label):
        yield f"label {label!r} is neither fig-… nor tbl-…"
    elif not options.pop(CAPTIONS[label[:3]], "").strip():
        yield f"{label} has no caption"
    elif options:
        yield f"{label} has unknown options {sorted(options)}"


def output_faults(cell: NotebookNode) -> Iterator[str]:
    """Markdown, pictures with their specification, and results: nothing that scripts or fails."""
    for output in cell.outputs:
        if output.output_type != "display_data":
            yield f"an output of the kind {output.get('name', output.output_type)}"
            continue
        for mime in output.data:
            if mime not in {MARKDOWN, SVG, MIME, "text/plain"} and not VEGALITE.fullmatch(mime):
                yield f"an output of the type {mime}"
        if SVG in output.data and not output.data.get("text/plain", "").strip():
            yield "a chart whose output has no text"


def path_faults(notebook: NotebookNode) -> Iterator[str]:
    """Nothing in the file, outputs included, tells where it was made."""
    for found in MACHINE.finditer(json.dumps(notebook, ensure_ascii=False)):
        yield f"a path of a machine: {found[0]}"


def typed_figures(text: str) -> Iterator[str]:
    """Find years and fractions that are typed beside a figure of the register: another vintage has others."""
    codes: list[str] = []

    def numbered(code: re.Match[str]) -> str:
        codes.append(code[0])
        return f"\0{len(codes) - 1}\0"

    for sentence in SENTENCE.split(JINJA.sub(numbered, text)):
        first, *rest = sentence.split("\0")
        if any(FIGURE.search(codes[int(place)]) for place in rest[::2]):
            plain = VALUE.join((first, *rest[1::2]))
            yield from (f"{found[0]!r} in {plain.strip()!r}" for found in TYPED.finditer(plain))


def figure_faults(cell: NotebookNode) -> Iterator[str]:
    """Let what is said of a figure follow the figure, and the texts of the register its rules."""
    for text in texts(cell):
        for found in typed_figures(text):
            yield f"a year or a share that the register knows is typed: {found}"
        for code in JINJA.findall(text):
            for unfilled in UNFILLED.findall(code):
                yield f"a template of the register is printed as it is: {unfilled}, without `| fill`"


def typography_faults(cell: NotebookNode) -> Iterator[str]:
    """French typography, in all that a reader may see."""
    for text in texts(cell):
        yield from misprints(text)


WHOLE: list[Callable[[NotebookNode], Iterator[str]]] = [front_faults, tag_faults, path_faults]
CODE: list[Callable[[NotebookNode], Iterator[str]]] = [
    parameter_faults,
    setup_faults,
    code_faults,
    template_faults,
    label_faults,
    output_faults,
]


def faults(notebook: NotebookNode) -> list[str]:
    """List all that breaks a rule, with the number of the cell."""
    found = [fault for rule in WHOLE for fault in rule(notebook)]
    for place, cell in enumerate(notebook.cells, start=1):
        code = list(code_faults(cell)) if cell.cell_type == "code" else []
        if not any("not plain Python" in fault for fault in code):
            rules = [*(CODE if cell.cell_type == "code" else []), typography_faults, figure_faults]
            code = [fault for rule in rules for fault in rule(cell)]
        found += [f"cell {place}: {fault}" for fault in code]
    return found


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    """Give each notebook in turn."""
    found: Path = request.param
    return found


def test_a_notebook_is_valid(path: Path) -> None:
    """Any Jupyter opens each notebook: format 4.5, with an id for each cell."""
    raw = json.loads(path.read_text("utf-8"))
    assert (raw["nbformat"], raw["nbformat_minor"]) == (4, 5)
    nbformat.validate(raw)


def test_a_notebook_follows_the_house_rules(path: Path) -> None:
    """A reader meets no code, no tool's traces and no misprints; an author finds every chapter built alike."""
    assert faults(nbformat.read(path, as_version=4)) == []


def test_labels_are_unique_and_references_lead_somewhere() -> None:
    """« tableau 3 » and « chapitre 6 » mean one table and one chapter of the whole report."""
    labels: Counter[str] = Counter()
    asked: set[str] = set()
    for path in NOTEBOOKS:
        for cell in nbformat.read(path, as_version=4).cells:
            given = front_matter(cell) if cell.cell_type == "raw" else cell_options(cell)
            if cell.cell_type != "markdown" and "label" in given:
                labels[given["label"]] += 1
            asked |= {label for text in texts(cell) for label in REFERENCE.findall(text)}
    assert [label for label, count in labels.items() if count > 1] == []
    assert asked - labels.keys() == set()


def test_sources_cited_are_in_the_bibliography() -> None:
    """No citation prints a question mark: each key named in a chapter is in `data/sources.bib`."""
    known = set(BIB_KEY.findall((ROOT / "data/sources.bib").read_text("utf-8")))
    cited: set[str] = set()
    for path in NOTEBOOKS:
        for cell in nbformat.read(path, as_version=4).cells:
            for text in texts(cell):
                cited |= set(CITATION.findall(text))
                cited |= {key for keys in CITED.findall(text) for key in keys.split(";")}
    assert "ct_l1222_5" in cited
    assert cited - known == set()


def test_words_that_an_expression_prints_have_no_markup() -> None:
    """What `{{ }}` prints is escaped: bold in it would show its stars; `{% if %}` and `id()` keep them."""
    printed = re.compile(r"\{\{(?!\s*id\().*?\}\}", re.DOTALL)
    starred = [
        f"{path.name}: {words}"
        for path in NOTEBOOKS
        for cell in nbformat.read(path, as_version=4).cells
        for words in printed.findall(cell.source)
        if "**" in words
    ]
    assert starred == []


def test_texts_that_stand_once_are_set_in_french_too() -> None:
    """What chapters share has no misprints either."""
    shared = [value for name, value in vars(shared_texts).items() if name.isupper()]
    plain = [
        text
        for value in shared
        for text in (value.values() if isinstance(value, Mapping) else [value])
    ]
    assert len(plain) > 20
    assert [fault for text in plain for fault in misprints(text)] == []


def test_how_often_something_happens_is_said_with_a_source() -> None:
    """« Souvent », « rarement » or « la plupart » is a fact, which a reader can check, or is not printed."""
    passages = [
        passage
        for path in NOTEBOOKS
        for cell in nbformat.read(path, as_version=4).cells
        for text in texts(cell)
        for passage in PASSAGE.split(text)
        if "cite(" not in passage and "[@" not in passage
    ]
    for table, column in TOLD.items():
        passages += pl.read_csv(ROOT / f"data/{table}.csv", infer_schema=False)[column].to_list()
    assert [passage for passage in passages if FREQUENCY.search(passage)] == []


@pytest.fixture
def good() -> NotebookNode:
    """Give a small chapter that breaks no rule."""
    notebook: NotebookNode = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_raw_cell(
                "---\ntitle: Le temps\nlabel: sec-time\nlang: fr\n"
                "bibliography: ../data/sources.bib\nexecute:\n  echo: false\n---"
            ),
            nbformat.v4.new_code_cell(
                'profile = "params/alice.yaml"\ndata = "data"\nas_of = "2026-11-22"',
                execution_count=1,
                metadata={"tags": ["parameters"]},
            ),
            nbformat.v4.new_code_cell(
                "from tremplin.notebook import Report\n\nreport = Report.open(profile, data, as_of)",
                execution_count=2,
                metadata={"tags": ["setup"]},
            ),
            nbformat.v4.new_markdown_cell(
                "Votre semaine :\n\n- à 12:30, le repas ;\n- 35 % du temps."
            ),
            nbformat.v4.new_code_cell(
                "#| label: fig-week\n#| fig-cap: Votre semaine\n"
                'report.draw(charts.week(found.week), alt="Votre semaine : {{ week.total }} heures.")',
                execution_count=3,
                outputs=[
                    nbformat.v4.new_output(
                        "display_data", {SVG: "<svg/>", "text/plain": "Semaine."}
                    )
                ],
            ),
        ]
    )
    return notebook


def test_a_good_notebook_passes(good: NotebookNode) -> None:
    """The rules have nothing to say of a chapter that follows them."""
    assert faults(good) == []


def spoil(source: str) -> Callable[[NotebookNode], object]:
    """Make a change: more source in the last cell."""
    return lambda notebook: notebook.cells[-1].update(
        source=notebook.cells[-1].source + "\n" + source
    )


def put(mime: str) -> Callable[[NotebookNode], object]:
    """Make a change: another output in the last cell."""
    output = nbformat.v4.new_output("display_data", {mime: "x"})
    return lambda notebook: notebook.cells[-1].outputs.append(output)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda book: book.cells.pop(0), "front matter has the keys []"),
        (lambda book: book.cells[0].update(source="---\ntitle: Le temps\n---"), "['title']"),
        (lambda book: book.cells.append(deepcopy(book.cells[2])), "one cell tagged setup"),
        (lambda book: book.cells[3].metadata.update(tags=["draft"]), "unknown tags ['draft']"),
        (lambda book: book.cells[3].metadata.update(papermill={}), "left by a tool"),
        (lambda book: book.cells[1].update(source="profile = 1"), "parameters are ['profile']"),
        (lambda book: book.cells[4].update(execution_count=None), "never executed"),
        (spoil("%matplotlib inline"), "not plain Python"),
        (spoil("x = 1\n" * 12), "13 lines of Python, more than 12"),
        (spoil("def x(): pass"), "defines a function"),
        (spoil("import polars"), "imports outside"),
        (lambda book: book.cells[2].update(source="import polars"), "imports other than tremplin"),
        (spoil('x = f"{name}"'), "an f-string"),
        (spoil('x = "data/rules.csv"'), "a path or an address"),
        (spoil('x = "voir https://example.org"'), "a path or an address"),
        (spoil("report.draw(chart)"), "a chart without a text"),
        (lambda book: book.cells[4].update(source="report.draw(x, alt='Oui.')"), "without a label"),
        (lambda book: book.cells[4].update(source="#| label: fig-week\nx"), "has no caption"),
        (lambda book: book.cells[4].update(source="#| label: week\nx"), "neither fig-… nor tbl-…"),
        (spoil("#| fig-widht: 3"), "unknown options ['fig-widht']"),
        (put("text/html"), "an output of the type text/html"),
        (put("application/javascript"), "an output of the type application/javascript"),
        (
            lambda book: book.cells[2].outputs.append(
                nbformat.v4.new_output("stream", name="stderr", text="careful")
            ),
            "an output of the kind stderr",
        ),
        (
            lambda book: book.cells[2].outputs.append(
                nbformat.v4.new_output("error", ename="E", evalue="", traceback=[])
            ),
            "an output of the kind error",
        ),
        (spoil("# seen in /" + "home/me/tremplin"), "a path of a machine"),
        (lambda book: book.cells[3].update(source="Trois mots: oui"), "no space before"),
        (spoil('x = "Est-ce tout?"'), "no space before"),
        (spoil("""x = 'En 2025, {{ best("A06") | number }} créations.'"""), "'2025' in 'En 2025"),
        (spoil("""x = 'Six sur dix {{ cite(figure("A57").source) }}'"""), "'Six sur dix' in"),
        (spoil("""x = 'Deux créations sur trois : {{ best("A14") }} %'"""), "'Deux créations sur"),
        (spoil("""x = 'Plus d’un tiers, {{ best("S24") }} %'"""), "'un tiers' in"),
        (spoil("report.say('" + 1_751 * "a" + "')"), "a template of 1751 characters"),
        (
            spoil("""report.say("{{ 'a' if x else 'b' if y else 'c' }}")"""),
            "line 4 has a condition",
        ),
        (spoil("report.say('{% if x %}{% if y %}a{% endif %}{% endif %}')"), "line 4 has a cond"),
        (spoil('x = "{{ step.detail }}"'), "a template of the register is printed as it is"),
    ],
)
def test_a_broken_rule_is_told(
    good: NotebookNode, change: Callable[[NotebookNode], object], fault: str
) -> None:
    """Each rule notices what breaks it."""
    change(good)
    assert [found for found in faults(good) if fault in found]


@pytest.mark.parametrize(
    "text",
    [
        "Trois mots: oui",
        "**Trois mots:** oui",
        "Il reste {{ count }}; voyez.",
        "Est-ce tout?",
        '{{ "Trois mots: oui" if found else "" }}',
        '::: {.callout-note title="Attention!"}',
        "35% du temps",
        "2 300€",
        "«oui »",
        "« oui»",
        "selon l'Insee",
        "selon l'**Insee**",
        "et ainsi de suite...",
    ],
)
def test_misprints_are_noticed(text: str) -> None:
    """Each is what a French reader would mark in red."""
    assert list(misprints(text))


@pytest.mark.parametrize(
    "text",
    [
        "Trois mots : oui ; non ! ou ?",
        "À 12:30, voyez https://example.org/a?b=c:d; puis `x: y`.",
        "| Dimension | Note |\n|:----------|---:|\n| Temps | 75 |",
        "Une clause\n:   Elle ne joue pas encore.",
        '{{ {"H": "", "M": "(source secondaire)"}[item.confidence] }}',
        "{% for key in keys %}{{ key }} : {{ value }}{{ ' ; ' if not loop.last else '.' }}{% endfor %}",
        "Elle vaut un an [@ct_l1222_5; @css_d131_6_3], voyez @tbl-checks.",
        "« Oui », à 35 %, pour 2 300 €…",
    ],
)
def test_good_typography_is_left_alone(text: str) -> None:
    """Addresses, code, times, tables and templates are not taken for misprints."""
    assert list(misprints(text)) == []

"""
A workbook to fill in, a line a client: a column for each question, with its help, its choices and its bounds.

What `tremplin workbook` writes is read back as it is by whoever reads tables: the names of its columns are those of
`model.profile.columns`, and its choices the labels of the questions.
"""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from pathlib import Path
from typing import Any, Literal

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from tremplin.errors import ReportError
from tremplin.model.profile.columns import REQUIRED, TableColumn, columns
from tremplin.model.profile.fields import FIRST_DAY, LAST_DAY
from tremplin.model.profile.questions import TOPICS, Question, Topic
from tremplin.model.profile.typed import understood
from tremplin.pipeline.batch.sheet.example import EXAMPLE
from tremplin.pipeline.disk import not_written

BookLang = Literal["fr", "en"]
SHOWN = 3
"""Of a list, so many groups have columns here; a table may have more."""
PEOPLE = 1000
"""Lines that are prepared for clients."""
FIRST = ("id", "name")
"""The columns that stay in sight."""
MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - workbooks have no time zones
"""What the file says of its creation: the same each time."""
MOST_TITLE, MOST_MESSAGE, MOST_LISTED, MOST_LINE = 32, 255, 255, 200
"""Characters that a spreadsheet takes for a message, its title and the choices of a cell, and a profile for a text."""
NUMBERS = frozenset(("amount", "share", "count", "hours", "number", "day"))
"""What stands at the right of its cell."""
GUIDE_WIDTH, LINE = 115, 15
"""Of the explanations, in characters, and the height of a line of them, which spreadsheets do not work out from a file."""
HUES = (
    ("#1F4E79", "#DCE9F5"),
    ("#7A4B00", "#FBEBD0"),
    ("#22663B", "#DDF1E3"),
    ("#6B2E6B", "#F2E1F2"),
    ("#8A2F2F", "#F9E1DF"),
    ("#0F5F66", "#D8EFF1"),
    ("#5A5A1E", "#F0F0D2"),
)
IN_SIGHT = ("#37474F", "#ECEFF1")
"""Of a topic, and of the columns that stay in sight: its required columns, white on dark, and the others, dark on light."""

_WORDS: Mapping[BookLang, Mapping[str, str]] = {
    "fr": {
        "clients": "Clients",
        "guide": "Mode d’emploi",
        "lists": "Listes",
        "example_name": "Exemple, ligne non lue",
        "where": "Où le trouver : ",
        "empty": "Vide : compté comme « {default} ».",
        "several": "Plusieurs réponses possibles, séparées par ; :",
        "example": "Exemple : ",
        "required": "Obligatoire.",
        "error": "Cette réponse ne convient pas",
        "choose": "Choisissez dans la liste.",
        "number": "Un nombre de {least} à {most}.",
        "whole": "Un nombre entier de {least} à {most}.",
        "day": "Une date, comme 04/01/2027.",
        "text": "Un texte de 200 caractères au plus.",
    },
    "en": {
        "clients": "Clients",
        "guide": "Read me",
        "lists": "Lists",
        "example_name": "Example, a line not read",
        "where": "",
        "empty": "Empty: taken as « {default} ».",
        "several": "Several answers, separated by ;:",
        "example": "Example: ",
        "required": "Required.",
        "error": "This answer does not fit",
        "choose": "Choose from the list.",
        "number": "A number from {least} to {most}.",
        "whole": "A whole number from {least} to {most}.",
        "day": "A date, such as 2027-01-04.",
        "text": "A text of 200 characters at most.",
    },
}
_GUIDE: Mapping[BookLang, tuple[str, ...]] = {
    "fr": (
        "Une ligne par personne, dans la feuille « Clients »",
        "La première ligne porte les noms des colonnes : ne la changez pas. L’ordre des colonnes est libre.",
        "La ligne d’exemple, en italique, n’est pas lue : effacez-la ou laissez-la.",
        "Les colonnes marquées d’un * sont obligatoires. Ailleurs, une cellule vide est comptée comme le dit la note de sa colonne.",
        "« à vérifier » est une réponse : le rapport dit alors ce qu’il faut demander, et à qui.",
        "Cliquez sur une cellule : la question s’affiche. Survolez le nom d’une colonne : vous y lisez l’aide, où trouver la réponse et un exemple.",
        "Le bouton + au-dessus des colonnes ouvre les précisions d’un sujet. Les colonnes de votre choix peuvent rester vides.",
        "Les montants sont en euros ; chaque colonne dit s’ils sont par mois. Les taux s’écrivent en pour cent.",
        "Plusieurs réponses dans une cellule se séparent par un point-virgule : pièce d’identité ; justificatif de l’adresse de l’entreprise.",
        "Vous pouvez ajouter vos propres colonnes (« Téléphone », « Note ») : elles ne sont pas lues.",
        "Pour relire : tremplin check clients.xlsx. Pour faire les rapports : tremplin batch clients.xlsx --out rapports.",
        "Ce classeur contient la situation de personnes : gardez-le hors des dossiers partagés, et effacez-le quand il ne sert plus.",
    ),
    "en": (
        "One line a person, in the sheet « Clients »",
        "The first line has the names of the columns, which are the keys of a profile: leave it as it is. Columns may be moved.",
        "The line in italics is an example and is not read: delete it or leave it.",
        "Columns marked with * are required. Elsewhere an empty cell is taken as the note of its column says.",
        "« unknown » is an answer: the report then says what to ask, and whom.",
        "Click on a cell to see what it holds; the note of a column's name says more.",
        "The button + above the columns opens what is asked beside the essentials of a topic.",
        "Amounts are in euros; each column says whether they are by month. Rates are in per cent.",
        "Several answers in a cell are separated by a semicolon: identity; address.",
        "Columns of your own (« Phone », « Note ») may be added: they are not read.",
        "To check: tremplin check clients.xlsx. To make the reports: tremplin batch clients.xlsx --out reports.",
        "This workbook tells people's situations: keep it out of shared folders, and delete it when it is of no more use.",
    ),
}


def book_columns() -> tuple[tuple[Topic, TableColumn], ...]:
    """Give the columns with their topics: those that stay in sight, then topic by topic, the essential ones first."""
    by_topic = {column.key: (topic, column) for topic in TOPICS for column in _of(topic)}
    laid = [by_topic[key] for key in FIRST]
    for topic in TOPICS:
        there = [column for column in _of(topic) if column.key not in FIRST]
        there.sort(key=lambda column: (not column.required, not is_essential(column)))
        laid += [(topic, column) for column in there]
    return tuple(laid)


def is_essential(column: TableColumn) -> bool:
    """Tell whether a column is in sight from the start: those of lists are not, however essential each is to its group."""
    return column.question.asked.essential and not column.number


def write_client_book(
    path: Path, lang: BookLang = "fr", people: Sequence[Mapping[str, object]] = ()
) -> None:
    """
    Write the workbook, complete or not at all.

    Args:
        path: where to; what is there is replaced.
        lang: French names and labels, or the keys and words of profiles.
        people: answers by column, a line each, below the example.

    Raises:
        ReportError: it cannot be written.

    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".clients-", suffix=".xlsx")
        os.close(handle)
        draft = Path(name)
        try:
            _write(draft, lang, people)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        cause = error if isinstance(error, OSError) else OSError(0, str(error))
        raise ReportError(not_written(path.parent, cause)) from None


def _of(topic: Topic) -> Iterator[TableColumn]:
    """Give the columns of a topic; a question with one answer needs none."""
    asked = {question.key for question in topic.questions()}
    for column in columns().values():
        question = column.question
        own = question.key if not column.number else column.key.split(f".{column.number}.")[0]
        if own in asked and column.number <= SHOWN and len(question.choices) != 1:
            yield column


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The sheet of clients while it is written."""

    book: Any
    sheet: Any
    lists: Any
    lang: BookLang

    @property
    def words(self) -> Mapping[str, str]:
        """What is said beside the questions."""
        return _WORDS[self.lang]

    def label(self, question: Question, value: object) -> str:
        """Name a choice as a cell does."""
        if question.kind == "yes_no":
            words = {"fr": ("oui", "non"), "en": ("true", "false")}[self.lang]
            return words[0] if value else words[1]
        choice = next(
            one for one in question.choices if one.value == value and type(one.value) is type(value)
        )
        if self.lang == "fr":
            return choice.label
        return (
            {True: "true", False: "false"}.get(value, str(value))
            if isinstance(value, bool)
            else str(value)
        )

    def labels(self, question: Question) -> list[str]:
        """Name all choices."""
        if question.kind == "yes_no":
            return [self.label(question, value) for value in (True, False)]
        return [self.label(question, choice.value) for choice in question.choices]

    def default(self, question: Question) -> str:
        """Say what stands in for an empty cell; nothing where it is no answer."""
        match question.default:
            case None | ():
                return ""
            case tuple() as several:
                return " ; ".join(self.label(question, one) for one in several)
            case value if question.kind in {"choice", "yes_no"}:
                return self.label(question, value)
            case int() | float() as number:
                return f"{100 * number:g} %" if question.kind == "share" else f"{number:g}"
        return ""


def _write(path: Path, lang: BookLang, people: Sequence[Mapping[str, object]]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        words = _WORDS[lang]
        book.set_properties({"title": words["clients"], "created": MADE})
        sheet = book.add_worksheet(words["clients"])
        guide = book.add_worksheet(words["guide"])
        lists = book.add_worksheet(words["lists"])
        lists.hide()
        it = _Sheet(book, sheet, lists, lang)
        laid = book_columns()
        fills = _fills()
        sheet.set_row(0, 62)
        sheet.freeze_panes(1, len(FIRST))
        sheet.set_default_row(18)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(8)
        sheet.repeat_rows(0)
        sheet.set_comments_author("tremplin")
        for place, (topic, column) in enumerate(laid):
            dark, light = IN_SIGHT if column.key in FIRST else fills[topic.id]
            _column(it, place, column, dark, light, folded=_is_folded(place, laid))
        grey = {"italic": True, "font_color": "#6B6B6B", "bg_color": "#F3F3F3"}
        _row(it, 1, laid, _example(lang), grey)
        for line, person in enumerate(people, start=2):
            _row(it, line, laid, person, {})
        _guide(it, guide, laid, fills)


def _fills() -> Mapping[str, tuple[str, str]]:
    return {topic.id: HUES[place % len(HUES)] for place, topic in enumerate(TOPICS)}


def _is_folded(place: int, laid: Sequence[tuple[Topic, TableColumn]]) -> bool:
    """Tell whether a column is behind a + : what is not essential, but for the first of a topic, by which it is found."""
    topic, column = laid[place]
    if column.key in FIRST or column.required or is_essential(column):
        return False
    return laid[place - 1][0].id == topic.id


def _column(  # noqa: PLR0913 - what a column is made of
    it: _Sheet, place: int, column: TableColumn, dark: str, light: str, *, folded: bool
) -> None:
    """Lay out a column: its name with its note, how its cells look, and what they take."""
    name = column.head if it.lang == "fr" else column.key
    colours = {"bg_color": dark, "font_color": "#FFFFFF"}
    if not column.required:
        colours = {"bg_color": light, "font_color": dark}
    head = it.book.add_format(
        {
            "bold": True,
            "text_wrap": True,
            "valign": "vcenter",
            "indent": 1,
            "border": 1,
            "border_color": "#FFFFFF",
            **colours,
        }
    )
    it.sheet.write_string(0, place, f"{name} {REQUIRED}" if column.required else name, head)
    it.sheet.write_comment(0, place, _note(it, column), {"x_scale": 2.6, "y_scale": 1.9})
    options = {"level": 1, "hidden": True} if folded else {}
    it.sheet.set_column(place, place, _width(it, column), _look(it, column.question, {}), options)
    it.sheet.data_validation(1, place, PEOPLE, place, _validation(it, place, column))


def _width(it: _Sheet, column: TableColumn) -> float:
    """Give the width by what stands in the cells; the names wrap."""
    question = column.question
    if column.key == "project.activity":
        return 30
    if question.kind in {"choice", "yes_no"}:
        longest = max(len(label) for label in it.labels(question))
        return min(34.0, max(15.0, longest * 0.95 + 3))
    return {"text": 24.0, "choices": 34.0, "numbers": 22.0}.get(question.kind, 18.0)


def _look(it: _Sheet, question: Question, more: Mapping[str, object]) -> Any:  # noqa: ANN401 - xlsxwriter has no types
    formats = {"day": "dd/mm/yyyy", "amount": '#,##0.00\\ "€"', "share": "0.0%"}
    look: dict[str, object] = {
        "border": 1,
        "border_color": "#E3E3E3",
        "valign": "vcenter",
        "align": "right" if question.kind in NUMBERS else "left",
        "indent": 1,
        **more,
    }
    if question.kind in formats:
        look["num_format"] = formats[question.kind]
    if question.kind == "text":
        look["num_format"] = "@"
    return it.book.add_format(look)


def _note(it: _Sheet, column: TableColumn) -> str:
    """Say what a column holds, for its name."""
    question, asked, words = column.question, column.question.asked, it.words
    if it.lang == "fr":
        lines = [asked.question, asked.help]
        lines += [words["where"] + asked.where] if asked.where else []
        lines += [words["example"] + asked.example] if asked.example else []
    else:
        lines = [question.description]
    if question.kind == "choices":
        lines.append(f"{words['several']} {' ; '.join(it.labels(question))}")
    if column.required:
        lines.append(words["required"])
    elif default := it.default(question):
        lines.append(words["empty"].format(default=default))
    return "\n".join(line if line.endswith((".", "?")) else f"{line}." for line in lines if line)


def _validation(it: _Sheet, place: int, column: TableColumn) -> dict[str, object]:
    """Say what the cells of a column take, and what is shown beside them."""
    question, words = column.question, it.words
    told = question.asked.question if it.lang == "fr" else question.description
    where = question.asked.where if it.lang == "fr" else ""
    message = f"{told}\n{words['where']}{where}" if where else told
    if len(message) > MOST_MESSAGE:
        message = _cut(told, MOST_MESSAGE)
    rule: dict[str, object] = {
        "input_title": _cut(column.name if it.lang == "fr" else column.key, MOST_TITLE),
        "input_message": message,
        "error_title": words["error"][:MOST_TITLE],
    }
    least, most = question.least, question.most
    match question.kind:
        case "choice" | "yes_no":
            rule |= {"validate": "list", "source": _source(it, place, it.labels(question))}
            rule["error_message"] = words["choose"]
        case "day":
            rule |= {"validate": "date", "criteria": "between", "minimum": FIRST_DAY}
            rule |= {"maximum": LAST_DAY, "error_message": words["day"]}
        case "text":
            rule |= {"validate": "length", "criteria": "<=", "value": MOST_LINE}
            rule["error_message"] = words["text"]
        case "choices" | "numbers":
            rule["validate"] = "any"
        case _ if least is not None and most is not None:
            kind = "whole" if question.kind == "count" else "number"
            shown = [f"{bound:g}" for bound in (least, most)]
            if question.kind == "share":
                shown = [f"{100 * bound:g} %" for bound in (least, most)]
            elif most >= 1_000_000:  # noqa: PLR2004 - from a million on, :g writes powers
                shown = [f"{bound:.0f}" for bound in (least, most)]
            rule |= {"validate": "integer" if kind == "whole" else "decimal"}
            rule |= {"criteria": "between", "minimum": least, "maximum": most}
            rule["error_message"] = words[kind].format(least=shown[0], most=shown[1])
        case _:
            rule["validate"] = "any"
    return rule


def _source(it: _Sheet, place: int, labels: Sequence[str]) -> object:
    """Give the choices of a cell: in the hidden sheet where they are too many letters, or hold the comma that separates."""
    if len(",".join(labels)) <= MOST_LISTED and not any("," in label for label in labels):
        return list(labels)
    for line, label in enumerate(labels):
        it.lists.write_string(line, place, label)
    name = xl_col_to_name(place)
    return f"='{it.words['lists']}'!${name}$1:${name}${len(labels)}"


def _cut(text: str, most: int) -> str:
    """Shorten a text at a word."""
    if len(text) <= most:
        return text
    return text[: most - 1].rpartition(" ")[0] + "…"


def _row(
    it: _Sheet,
    line: int,
    laid: Sequence[tuple[Topic, TableColumn]],
    answers: Mapping[str, object],
    look: Mapping[str, object],
) -> None:
    """Write one client's line."""
    for place, (_, column) in enumerate(laid):
        question, style = column.question, _look(it, column.question, look)
        match answers.get(column.key):
            case None:
                if look:
                    it.sheet.write_blank(line, place, None, style)
            case list() | tuple() as several if question.kind == "choices":
                said = " ; ".join(it.label(question, one) for one in several)
                it.sheet.write_string(line, place, said or NOTHING_LISTED[it.lang], style)
            case list() | tuple() as several:
                said = "; ".join(f"{one:.12g}".replace(".", ",") for one in several)
                it.sheet.write_string(line, place, said, style)
            case value if question.kind in {"choice", "yes_no"}:
                it.sheet.write_string(line, place, it.label(question, value), style)
            case date() as day:
                it.sheet.write_datetime(line, place, day, style)
            case int() | float() as number:
                it.sheet.write_number(line, place, number, style)
            case text:
                it.sheet.write_string(line, place, str(text), style)


NOTHING_LISTED: Mapping[BookLang, str] = {"fr": "aucune", "en": "none"}
"""What a list is answered with that holds nothing."""


def _example(lang: BookLang) -> Mapping[str, object]:
    """Fill the example with what each question gives as one, as far as it concerns whoever answers so."""
    answers: dict[str, object] = {
        "id": EXAMPLE[lang],
        "name": _WORDS[lang]["example_name"],
        "project.regulated": False,  # as suits the activity that is the example of its question
    }
    for _, column in book_columns():
        question = column.question
        if column.key in answers or not (column.required or is_essential(column)):
            continue
        if question.concerns(answers) and not question.optional_group:
            answers[column.key] = understood(question, question.asked.example)
    return answers


def _guide(
    it: _Sheet,
    sheet: Any,  # noqa: ANN401 - xlsxwriter has no types
    laid: Sequence[tuple[Topic, TableColumn]],
    fills: Mapping[str, tuple[str, str]],
) -> None:
    """Write how the workbook is filled in, then all columns by topic, each with its question."""
    sheet.set_column(0, 0, 52)
    sheet.set_column(1, 1, GUIDE_WIDTH)
    sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 0)
    title, *lines = _GUIDE[it.lang]
    sheet.merge_range(0, 0, 0, 1, title, it.book.add_format({"bold": True, "font_size": 15}))
    sheet.set_row(0, 28)
    text = it.book.add_format({"text_wrap": True, "valign": "top"})
    row = 1
    for line in lines:
        sheet.merge_range(row, 0, row, 1, f"• {line}", text)
        row += 1
    before = None
    for topic, column in laid[len(FIRST) :]:
        if column.number > 1:  # the others of a list are asked the same
            continue
        dark, light = fills[topic.id]
        if topic != before:
            row += 1
            band = it.book.add_format(
                {"bold": True, "font_color": "#FFFFFF", "bg_color": dark, "font_size": 12}
            )
            said = topic.title if it.lang == "fr" else topic.id
            sheet.write_string(row, 0, said, band)
            sheet.write_blank(row, 1, None, band)
            before = topic
            row += 1
        name = column.head if it.lang == "fr" else column.key
        named = it.book.add_format(
            {"text_wrap": True, "valign": "top", "bg_color": light, "bold": column.required}
        )
        sheet.write_string(row, 0, f"{name} {REQUIRED}" if column.required else name, named)
        told = _note(it, column).replace("\n", " ")
        sheet.write_string(row, 1, told, text)
        sheet.set_row(row, LINE * ceil(len(told) / GUIDE_WIDTH) + 3)
        row += 1

"""
The file of a questionnaire: the questions of the interview as one page that works alone, prefilled with what is known.

All questions stand in the page, so that it prints as a paper form where scripts are off; the script shows those that
concern whoever answers. Nothing is fetched or sent: the policy of the page allows its own style and script, by their hashes.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, Template

from tremplin.interview.answers import Answers
from tremplin.interview.app import STYLE, is_essential
from tremplin.interview.fields import Field, FieldGroup, PagePart, Rows, parts
from tremplin.model.brand import Brand
from tremplin.model.profile.questions import Question, Topic, questions
from tremplin.model.trades import Trades
from tremplin.questionnaire.catalogue import ASKED, catalogue, offered

HERE = Path(__file__).parent
_PICTURES = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".svg": "svg+xml", ".webp": "webp"}
_ROLES = {
    "ink": "primary",
    "text": "foreground",
    "paper": "background",
    "mist": "light",
    "blue": "link",
    "quiet": "tertiary",
    "good": "success",
    "mid": "warning",
    "bad": "danger",
}
"""The colours of the style sheet, and those of a brand that stand in for them."""


@dataclass(frozen=True, slots=True)
class AskedTopic:
    """A page of the questionnaire: what is asked of a topic."""

    topic: Topic
    fields: tuple[PagePart, ...]
    extra: tuple[PagePart, ...]
    """What stands under « Plus de précisions »."""


def questionnaire(
    brand: Brand, trades: Trades, data: Mapping[str, Any] | None = None, message: str = ""
) -> str:
    """
    Give the page of a questionnaire.

    Args:
        brand: Who sends it.
        trades: The trades that may be named.
        data: What is known of the client, nested as a profile is.
        message: What the advisor says at its beginning, a paragraph a line.

    """
    answers = Answers(Path(), dict(data or {}))
    known = _known(answers)
    sheets = [_sheet(topic, answers, trades, known) for topic in ASKED]
    style = _style(brand)
    script = (HERE / "questionnaire.js").read_text("utf-8")
    return _template().render(
        brand=brand,
        logo=_picture(brand.logo),
        name=answers.get("name"),
        message=[line for line in message.splitlines() if line.strip()],
        asked=sheets,
        known=[
            (topic, _laid_out(answers, trades, [q for q in topic.questions() if _part(q) in known]))
            for topic in ASKED
            if any(_part(q) in known for q in topic.questions())
        ],
        typed_days=True,
        on_paper=True,
        style=style,
        script=script,
        policy=_policy(style, script),
        catalogue=_data(catalogue(trades, _flat(answers))),
    )


def _part(question: Question) -> str:
    """Name what is shown as one: a question, or the group that one question opens."""
    return question.optional_group or question.key


def _flat(answers: Answers) -> dict[str, object]:
    """Give what is known by dotted key; where a key holds a word or a group, the group is a yes."""
    found = {key: answers.get(key) for key in questions() if answers.has(key)}
    return {key: True if isinstance(one, dict) else one for key, one in found.items()}


def _known(answers: Answers) -> frozenset[str]:
    """Name the parts of which something is known."""
    known = _flat(answers)
    return frozenset(
        _part(one) for key, one in questions().items() if known.get(key) not in (None, [], ())
    )


def _sheet(topic: Topic, answers: Answers, trades: Trades, known: frozenset[str]) -> AskedTopic:
    asked = [one for one in topic.questions() if _part(one) not in known]
    main = [one for one in asked if is_essential(one)]
    extra = [one for one in asked if not is_essential(one)]
    return AskedTopic(topic, _laid_out(answers, trades, main), _laid_out(answers, trades, extra))


def _laid_out(answers: Answers, trades: Trades, asked: Iterable[Question]) -> tuple[PagePart, ...]:
    made = tuple(parts(answers, list(asked)))
    for one in _fields(made):
        one.offered = offered(one.question, trades)
        if one.offered and one.typed:
            one.checked = frozenset({one.typed})
        if one.question.kind == "day" and one.typed:
            one.typed = f"{date.fromisoformat(one.typed):%d/%m/%Y}"
    return made


def _fields(made: Iterable[PagePart]) -> Iterator[Field]:
    for one in made:
        match one:
            case FieldGroup():
                yield from one.fields
            case Rows():
                yield from (cell for row in one.rows for cell in row)
            case Field():
                yield one


@cache
def _template() -> Template:
    rooms = [PackageLoader("tremplin.questionnaire"), PackageLoader("tremplin.interview")]
    environment = Environment(
        loader=ChoiceLoader(rooms), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template("questionnaire.html")


def _style(brand: Brand) -> str:
    """Give the style of the interview in the colours of a brand, which are made for light paper."""
    colours = "; ".join(f"--{name}: {brand.colours[role]}" for name, role in _ROLES.items())
    own = f"@media not (prefers-color-scheme: dark) {{ :root {{ {colours} }} }}\n"
    sheets = (STYLE, HERE / "questionnaire.css")
    return own.join(sheet.read_text("utf-8") for sheet in sheets)


def _policy(style: str, script: str) -> str:
    """Allow this style, this script and pictures in the page itself, and nothing else."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:;"
        " base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _picture(file: Path | None) -> str:
    """Give a logo as an address that holds it; nothing where browsers show no such file."""
    if file is None or file.suffix.lower() not in _PICTURES:
        return ""
    content = base64.b64encode(file.read_bytes()).decode("ascii")
    return f"data:image/{_PICTURES[file.suffix.lower()]};base64,{content}"


def _data(found: Mapping[str, Any]) -> str:
    """Write data so that no text in it can end the element that holds it."""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")

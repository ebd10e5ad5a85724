"""
The pages: a topic each, the check of all answers, the report.
"""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from tremplin.errors import InputError, Problem
from tremplin.interview.answers import Answers
from tremplin.interview.fields import Field, PagePart, anchor, in_words, parts, read_form
from tremplin.interview.guard import OWN_POLICY, Guard
from tremplin.interview.making import STAGES, Making
from tremplin.interview.outlook import outlook
from tremplin.model.profile.questions import TOPICS, Choice, Question, Topic, questions
from tremplin.model.register import Register

STYLE = Path(__file__).with_name("style.css")
NAMES = {
    ".pdf": "Le rapport à imprimer (PDF), l’essentiel d’abord",
    "-annex.pdf": "L’annexe : le détail, les preuves et les sources (PDF)",
    ".html": "Le rapport à l’écran",
    "-forecast.xlsx": "Le prévisionnel sur trois ans",
}
BY_ID = {topic.id: topic for topic in TOPICS}
TRADE = "project.trade"
SELF_GIVEN = frozenset({"id", "name"})
"""Keys that stand in for themselves until the last page."""
CHANGED = (
    "Ces réponses ont changé dans une autre fenêtre. Voici ce que vous veniez d’écrire :"
    " continuez pour le garder."
)
MORE = "Vos réponses amènent une précision de plus sur cette page."
NEEDED = "Cette réponse est nécessaire."


@dataclass
class Interview:
    """What the pages share: the answers, the law, the report, and the secrets of this run."""

    answers: Answers
    register: Register
    as_of: date
    making: Making
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def root(self) -> str:
        """The path that all addresses begin with."""
        return f"/{self.secret}"


class Pages:
    """The pages of one interview."""

    def __init__(self, interview: Interview) -> None:
        self.interview = interview
        self.answers = interview.answers
        self.templates = Environment(
            loader=PackageLoader("tremplin.interview"), autoescape=True, undefined=StrictUndefined
        )

    def app(self) -> Guard:
        """Give the application, guarded."""
        root = self.interview.root
        routes = [
            Route(f"{root}/", self.first),
            Route(f"{root}/style.css", self.style),
            Route(f"{root}/check", self.check),
            Route(f"{root}/report", self.report, methods=["GET", "POST"]),
            Route(f"{root}/files/{{name}}", self.file),
            Route(f"{root}/{{topic}}", self.topic, methods=["GET", "POST"]),
        ]
        return Guard(Starlette(routes=routes), self.interview.secret)

    async def style(self, _: Request) -> Response:
        """Give the style sheet."""
        return FileResponse(STYLE, media_type="text/css")

    async def first(self, _: Request) -> Response:
        """Lead to the first page that lacks a needed answer, or to the check."""
        for topic in TOPICS:
            if self.lacking(self.answers.concerned(topic)):
                return self.to(topic.id)
        return self.to("check")

    async def topic(self, request: Request) -> Response:
        """Ask the questions of a topic, and take the answers."""
        topic = BY_ID.get(request.path_params["topic"])
        if topic is None:
            return self.refused(404, "Cette page n’existe pas.")
        if request.method == "GET":
            return self.asked(topic)
        form = await request.form()
        return self.taken(topic, form) if self.is_ours(form) else self.foreign()

    def taken(self, topic: Topic, form: FormData) -> Response:
        """Keep what a form answers and lead on; or show the page again with what is to be settled there."""
        before = self.answers.concerned(topic)
        typed = read_form(form, topic.questions()).typed
        asked = self.answers.concerned(topic, typed)
        found = read_form(form, asked)
        if form.get("stamp") != self.answers.stamp(topic):
            return self.asked(topic, form=form, errors=found.errors, notice=CHANGED)
        self.answers.put(
            {key: value for key, value in found.changes.items() if key not in found.errors}
        )
        if found.errors:
            return self.asked(topic, form=form, errors=found.errors)
        go = str(form.get("go", "next"))
        fresh = {one.key for one in asked} - {one.key for one in before} - set(form)
        if go == "next" and fresh:
            return self.asked(topic, form=form, notice=MORE)
        if go == "next" and (again := self.unsettled(topic, asked)):
            return again
        return self.after(topic, go)

    def unsettled(self, topic: Topic, asked: Sequence[Question]) -> Response | None:
        """Show a page again that lacks an answer or contradicts itself."""
        if lacking := self.lacking(asked):
            return self.asked(topic, errors=dict.fromkeys(lacking, NEEDED))
        here = {one.key for one in topic.questions()}
        wrong = {key: text for key, text in self.problems() if key in here}
        return self.asked(topic, errors=wrong) if wrong else None

    def lacking(self, asked: Sequence[Question]) -> list[str]:
        """Name the keys without an answer that no profile can do without."""
        return [
            one.key
            for one in asked
            if one.required and one.key not in SELF_GIVEN and self.answers.get(one.key) is None
        ]

    def after(self, topic: Topic, go: str) -> Response:
        """Lead on, back, or to the check."""
        place = TOPICS.index(topic)
        if go == "check" or (go == "next" and place + 1 == len(TOPICS)):
            return self.to("check")
        return self.to(TOPICS[place + 1 if go == "next" else max(0, place - 1)].id)

    def asked(
        self,
        topic: Topic,
        *,
        form: FormData | None = None,
        errors: dict[str, str] | None = None,
        notice: str = "",
    ) -> Response:
        """Show a topic, with what is wrong beside each field."""
        wrong = errors or {}
        typed = read_form(form, topic.questions()).typed if form is not None else {}
        concerned = [
            one for one in self.answers.concerned(topic, typed) if one.key != TRADE or self.trades()
        ]
        main = [one for one in concerned if is_essential(one)]
        extra = [one for one in concerned if not is_essential(one)]
        number = TOPICS.index(topic) + 1
        return self.page(
            "topic.html",
            topic.title,
            422 if wrong else 200,
            topic=topic,
            number=number,
            count=len(TOPICS),
            left=len(TOPICS) - number + 1,
            fields=[self.with_trades(one) for one in parts(self.answers, main, form, wrong)],
            extra=parts(self.answers, extra, form, wrong),
            extra_open=any(one.key in wrong or self.answers.has(one.key) for one in extra),
            wrong=[(anchor(key), text) for key, text in wrong.items()],
            stamp=self.answers.stamp(topic),
            notice=notice,
            view=outlook(self.answers, self.interview.register, self.interview.as_of),
        )

    def trades(self) -> tuple[Choice, ...]:
        """Offer the trades that the activity may be, where its words fit none or several."""
        activity, catalogue = self.answers.get("project.activity"), self.interview.register.trades
        if not isinstance(activity, str) or len(catalogue.named(activity)) == 1:
            return ()
        found = catalogue.named(activity) or catalogue.like(activity)
        return tuple(Choice(one.id, one.label) for one in found)

    def with_trades(self, one: PagePart) -> PagePart:
        """Offer trades where the trade is asked for."""
        if isinstance(one, Field) and one.question.key == TRADE:
            one.offered = (*self.trades(), Choice("", "aucun de ceux-là"))
            one.checked = frozenset({str(self.answers.get(TRADE) or "")})
        return one

    def problems(self) -> list[tuple[str, str]]:
        """List what keeps the answers from being a profile: the key, and what is wrong."""
        try:
            self.answers.profile()
        except InputError as error:
            return [(problem.place.key or "", plain_words(problem)) for problem in error.problems]
        return []

    async def check(self, _: Request) -> Response:
        """Show all answers by topic, and what is to be settled before the report."""
        page_of = {one.key: topic.id for topic in TOPICS for one in topic.questions()}
        lacking = self.lacking(list(questions().values()))
        found = [(key, NEEDED) for key in lacking] if lacking else self.problems()
        wrong = []
        for key, text in found:
            question = questions().get(key)
            wrong.append((page_of.get(key, ""), f"{question.label} : {text}" if question else text))
        return self.page(
            "check.html",
            "Vérifiez vos réponses",
            said=[(topic, self.answered(topic)) for topic in TOPICS],
            wrong=wrong,
            left=0,
            view=outlook(self.answers, self.interview.register, self.interview.as_of),
        )

    def answered(self, topic: Topic) -> list[tuple[str, str]]:
        """Give what was answered on a page, by label."""
        given = [one for one in self.answers.concerned(topic) if self.answers.has(one.key)]
        return [pair for part in parts(self.answers, given) for pair in in_words(part)]

    async def report(self, request: Request) -> Response:
        """Make the report, and tell how far it is."""
        making = self.interview.making
        if request.method == "POST":
            if not self.is_ours(await request.form()):
                return self.foreign()
            if self.problems():
                return self.to("check")
            self.answers.complete()
            making.start(self.answers.file)
            return self.to("report")
        return self.page(
            "report.html",
            "Le rapport",
            making=making,
            stages=STAGES,
            files=[
                (file.name, words)
                for ending, words in NAMES.items()
                for file in making.files
                if _ending(file) == ending
            ],
            left=0,
            view=outlook(self.answers, self.interview.register, self.interview.as_of),
            refresh="2" if making.state == "working" else None,
        )

    async def file(self, request: Request) -> Response:
        """Give a file of the finished report."""
        name = request.path_params["name"]
        for file in self.interview.making.files:
            if file.name == name and _ending(file) in NAMES:
                return FileResponse(file, headers={OWN_POLICY: "report"})
        return self.refused(404, "Ce fichier n’est pas du rapport.")

    def is_ours(self, form: FormData) -> bool:
        """Tell whether a form was made by these pages."""
        return hmac.compare_digest(str(form.get("csrf", "")), self.interview.csrf)

    def foreign(self) -> Response:
        """Refuse a form that was not."""
        return self.refused(403, "Ce formulaire ne vient pas de cette page.")

    def to(self, page: str) -> RedirectResponse:
        """Lead to another page."""
        return RedirectResponse(f"{self.interview.root}/{page}", 303)

    def page(self, template: str, title: str, status: int = 200, **values: object) -> HTMLResponse:
        """Fill a template with what all pages need."""
        own: dict[str, object] = {
            "root": self.interview.root,
            "csrf": self.interview.csrf,
            "file": self.answers.file,
            "title": title,
            "refresh": None,
            "wrong": (),
        }
        text = self.templates.get_template(template).render({**own, **values})
        return HTMLResponse(text, status)

    def refused(self, status: int, text: str) -> Response:
        """Say that something is not to be had."""
        page = self.templates.get_template("refused.html").render(title="Refusé", text=text)
        return HTMLResponse(page, status)


def _ending(file: Path) -> str:
    """Give what the name of a report's file has after the person's id, which its folder is called by."""
    return file.name.removeprefix(file.parent.name)


def plain_words(problem: Problem) -> str:
    """Say what is wrong to somebody who sees no file and no keys."""
    if problem.code == "profile.key_missing":
        return NEEDED
    words = problem.words("fr")[0].rstrip(".")
    return f"{words[:1].upper()}{words[1:]}."


def is_essential(question: Question) -> bool:
    """Tell whether a question is asked in the ordinary course of its page."""
    return question.required or question.asked.essential or question.key == TRADE

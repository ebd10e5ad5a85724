from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar

from tremplin.assessment.results import results
from tremplin.case import Case
from tremplin.pipeline.calendar_file import write_calendar, write_calendar_of_all

MakeCase = Callable[..., Case]


def read(path: Path) -> Any:  # noqa: ANN401 - what a component holds is of any kind
    return Calendar.from_ical(path.read_bytes())


def test_the_steps_ahead_are_days_with_two_reminders(case: MakeCase, tmp_path: Path) -> None:
    """Alice's calendar begins with her contract to read, told at nine a week and a day before."""
    path = tmp_path / "alice.ics"
    write_calendar(path, results(case()))
    first, *_, last = read(path).walk("VEVENT")
    assert str(first["summary"]) == "Relire le contrat de travail et ses avenants"
    assert first["dtstart"].dt == date(2026, 11, 22)
    assert [alarm["trigger"].dt for alarm in first.walk("VALARM")] == [
        timedelta(days=-7, hours=9),
        timedelta(days=-1, hours=9),
    ]
    assert first["dtstamp"].dt == datetime(2026, 11, 22, tzinfo=UTC)
    assert last["dtstart"].dt > date(2027, 1, 4)
    assert "rapport du 22\u00a0novembre 2026" in str(first["description"])


def test_what_is_done_or_past_is_left_out(case: MakeCase, tmp_path: Path) -> None:
    """A calendar holds no step that is done, and none whose last day is over."""
    found = results(case("david"))
    path = tmp_path / "david.ics"
    write_calendar(path, found)
    held = {str(event["uid"]).partition("@")[0] for event in read(path).walk("VEVENT")}
    ahead = {
        f"david-{one.id}" for one in found.checklist if not one.done and one.due >= found.as_of
    }
    assert held == ahead
    assert len(held) < len(found.checklist)


def test_a_step_keeps_its_name_from_report_to_report(case: MakeCase, tmp_path: Path) -> None:
    """A start put off by two months moves the events, which a calendar knows by their name."""
    days = []
    for start in (date(2027, 1, 4), date(2027, 3, 1)):
        path = tmp_path / f"{start}.ics"
        write_calendar(path, results(case("alice", {"project.start": start})))
        days.append({str(one["uid"]): one["dtstart"].dt for one in read(path).walk("VEVENT")})
    assert [day["alice-start@tremplin"] for day in days] == [date(2027, 1, 4), date(2027, 3, 1)]


def test_the_calendar_of_all_names_people(case: MakeCase, tmp_path: Path) -> None:
    """An advisor sees whose step it is: by name where one is given, else by id; all in the order of days."""
    path = tmp_path / "portfolio.ics"
    people = (results(case("alice")), results(case("bruno")))
    write_calendar_of_all(path, people, date(2026, 12, 1), {"alice": "Alice Martin"})
    events = read(path).walk("VEVENT")
    titles = [str(one["summary"]) for one in events]
    assert "Alice Martin : Démarrer l’activité" in titles
    assert "bruno : Démarrer l’activité" in titles
    found = [one["dtstart"].dt for one in events]
    assert found == sorted(found)
    assert found[0] >= date(2026, 12, 1)

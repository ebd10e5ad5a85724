"""
What a report costs: the obvious loop, `tremplin batch`, and the floor under both, side by side on the same people.

    python bench/bench.py [--people 10 100 1000] [--loop 5] [--jobs 1 2] [--keep]

Prints a table. With --keep it also writes bench/results.csv and draws bench/cost.svg and bench/memory.svg, which are
tracked: a trial run leaves them alone.
"""

import argparse
import contextlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import altair as alt
import polars as pl
import psutil
import vl_convert
import yaml
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
HERE = ROOT / "bench"
AS_OF = date(2026, 11, 22)
PYTHON = sys.executable
SAMPLE_SECONDS = 2.0
FRONT = {"title": "Rapport", "subtitle": "", "lang": "fr", "date": str(AS_OF)}
FRONT |= {"bibliography": "sources.bib", "person": "", "activity": "", "reference": ""}
"""What heads the document, in the two ways that write it by themselves."""


@dataclass(slots=True)
class Cost:
    """What one way of making reports took."""

    way: str
    people: int
    seconds: float
    cpu: float
    stages: dict[str, float] = field(default_factory=dict)
    """Seconds a report by stage."""
    memory: list[tuple[float, float]] = field(default_factory=list)
    """Seconds since the start, and megabytes of all processes together, what they share counted once."""

    @property
    def each(self) -> float:
        """Seconds a report."""
        return self.seconds / self.people

    @property
    def cpu_each(self) -> float:
        """Seconds of processor a report."""
        return self.cpu / self.people


def cpu_seconds() -> float:
    """Give the processor time of this process and of its children that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


@contextmanager
def timed(stages: dict[str, float], name: str) -> Iterator[None]:
    """Add the time of a stage to its sum."""
    before = time.perf_counter()
    yield
    stages[name] = stages.get(name, 0.0) + time.perf_counter() - before


def people(folder: Path, number: int) -> Path:
    """Write so many profiles, each unlike the others, made from the example people."""
    folder.mkdir()
    examples = [
        yaml.safe_load(file.read_text()) for file in sorted((ROOT / "params").glob("*.yaml"))
    ]
    for place in range(number):
        person = json.loads(json.dumps(examples[place % len(examples)], default=str))
        person = yaml.safe_load(yaml.safe_dump(person).replace("'", ""))
        person["id"] = f"bench-{place:05d}"
        person["employment"]["net_salary"] += place // len(examples)
        text = yaml.safe_dump(person, allow_unicode=True, sort_keys=False)
        (folder / f"{person['id']}.yaml").write_text(text, encoding="utf-8")
    return folder


def obvious_loop(profiles: list[Path], quarto: str | None, *, validated: bool) -> Cost:
    """Call one program after the other for each person, as one would write it in a shell."""
    stages: dict[str, float] = {}
    began, cpu = time.perf_counter(), cpu_seconds()
    for profile in profiles:
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            _lay_out(work, profile)
            name = profile.stem

            def call(stage: str, *command: str, cwd: Path = work) -> None:
                start = time.perf_counter()
                subprocess.run(command, cwd=cwd, check=True, capture_output=True)
                stages[stage] = stages.get(stage, 0.0) + time.perf_counter() - start

            parameters = {"profile": f"params/{name}.yaml", "data": "data", "as_of": str(AS_OF)}
            given = [word for key, value in parameters.items() for word in ("-p", key, value)]
            call("execute", PYTHON, "-m", "papermill", "joined.ipynb", "done.ipynb", *given)
            if validated:
                nbval = ["--nbval", "--nbval-current-env", "-p", "no:cacheprovider"]
                call(
                    "validate",
                    PYTHON,
                    "-m",
                    "pytest",
                    "-p",
                    "tremplin.late_grammar",
                    *nbval,
                    "done.ipynb",
                )
            call("document", PYTHON, str(HERE / "bench.py"), "--document", str(work))
            for target in ("html", "typst"):
                if quarto:
                    render = [
                        quarto,
                        "render",
                        "report.qmd",
                        f"--to=tremplin-{target}",
                        "--no-execute",
                    ]
                else:
                    kind = "pdf" if target == "typst" else "html"
                    render = [PYTHON, str(HERE / "bench.py"), "--render", kind]
                call("render", *render, cwd=work / "render")
    each = {stage: seconds / len(profiles) for stage, seconds in stages.items()}
    which = "Quarto" if quarto else "pandoc"
    elapsed = time.perf_counter() - began
    return Cost(f"obvious loop, {which}", len(profiles), elapsed, cpu_seconds() - cpu, each)


def _lay_out(work: Path, profile: Path) -> None:
    import nbformat  # noqa: PLC0415 - what a way of making reports needs, it imports

    from tremplin.pipeline.chapters import chapters, join  # noqa: PLC0415

    (work / "params").mkdir()
    shutil.copy(profile, work / "params")
    shutil.copytree(ROOT / "data", work / "data")
    for copy in ("reports", "render"):
        shutil.copytree(ROOT / "reports", work / copy, ignore=shutil.ignore_patterns("out"))
    shutil.copy(ROOT / "data/sources.bib", work / "render")
    nbformat.write(join(chapters(ROOT / "notebooks")), work / "joined.ipynb")


def document(work: Path) -> None:
    """Write report.qmd from the executed notebook: what the loop's own script would do."""
    import nbformat  # noqa: PLC0415

    from tremplin.pipeline.document import write_document  # noqa: PLC0415

    write_document(nbformat.read(work / "done.ipynb", as_version=4), work / "render", FRONT)


def render(kind: str) -> None:
    """Render the document of this folder with the embedded renderer."""
    from tremplin.pipeline.render import choose_renderer  # noqa: PLC0415
    from tremplin.warm.machine import Machine  # noqa: PLC0415

    with Machine() as machine:
        choose_renderer("pandoc").render(
            Path.cwd(), ["pdf" if kind == "pdf" else "html"], machine.run_module
        )


def batch(source: Path, number: int, jobs: int, *, validated: bool) -> Cost:
    """`tremplin batch`, as an advisor calls it: its start and its portfolio, one a batch, are in the seconds, and in no stage."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        command = [PYTHON, "-m", "tremplin", "batch", str(source), "--out", str(out)]
        command += ["--as-of", str(AS_OF), "--jobs", str(jobs), "--renderer", "pandoc", "--json"]
        command += ["--validate", "all" if validated else "none"]
        began, cpu = time.perf_counter(), cpu_seconds()
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
            memory = _watched(process.pid, lambda: process.poll() is None)
        if process.returncode:
            raise SystemExit(f"tremplin batch ended with {process.returncode}")
        elapsed = time.perf_counter() - began
        stages: dict[str, float] = {}
        for receipt in out.glob("*/receipt.json"):
            for stage, seconds in json.loads(receipt.read_text())["seconds"].items():
                stages[stage] = stages.get(stage, 0.0) + seconds / number
    way = f"tremplin batch, {jobs} worker{'s' if jobs > 1 else ''}" + (
        "" if validated else ", no nbval"
    )
    return Cost(way, number, elapsed, cpu_seconds() - cpu, stages, memory)


def _watched(pid: int, alive: Callable[[], bool]) -> list[tuple[float, float]]:
    """Weigh a process and all below it, every two seconds."""
    weights, began, stop = [], time.perf_counter(), threading.Event()
    while alive():
        total = 0
        try:
            root = psutil.Process(pid)
            for process in (root, *root.children(recursive=True)):
                total += process.memory_full_info().pss
        except psutil.Error:
            pass
        weights.append((time.perf_counter() - began, total / 2**20))
        stop.wait(SAMPLE_SECONDS)
    return weights[:-1]


def floor(profiles: list[Path]) -> Cost:
    """Do the same work in one bare, warm process: no Jupyter, no nbval, no cluster, nothing copied or published."""
    from IPython.core.interactiveshell import InteractiveShell  # noqa: PLC0415
    from IPython.utils.capture import capture_output  # noqa: PLC0415

    from tremplin.notebook import drawing  # noqa: PLC0415
    from tremplin.pipeline.chapters import chapters, join  # noqa: PLC0415
    from tremplin.pipeline.document import write_document  # noqa: PLC0415
    from tremplin.pipeline.render import pandoc, typeset  # noqa: PLC0415

    # A module of their own, or the cells' names would take the place of ours.
    shell = InteractiveShell.instance(user_module=ModuleType("cells"))
    joined = join(chapters(ROOT / "notebooks"))
    stages: dict[str, float] = {}
    drawn = drawing.paint.__wrapped__
    cpu = 0.0

    def paint(specification: str) -> str:
        before = time.perf_counter()
        svg = drawn(specification)
        took = time.perf_counter() - before
        stages["svg"] = stages.get("svg", 0.0) + took
        stages["cells"] = stages.get("cells", 0.0) - took
        return svg

    def typeset_here(command: Sequence[str], work: Path, *_: object) -> int:
        with contextlib.chdir(work):
            return typeset.main(*command[3:])

    drawing.paint = paint  # type: ignore[assignment]
    first = True
    for profile in [profiles[0], *profiles]:  # the first warms up and is not counted
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            _lay_out(work, profile)
            os.chdir(work)
            shell.reset()
            done = joined.copy()
            before = cpu_seconds()
            with timed(stages, "cells"):
                for cell in done.cells:
                    if cell.cell_type != "code":
                        continue
                    source = cell.source
                    if "parameters" in cell.metadata.get("tags", ()):
                        source = f"profile='params/{profile.name}'; data='data'; as_of='{AS_OF}'"
                    with capture_output() as captured:
                        shell.run_cell(source).raise_error()
                    cell.outputs = [_output(one) for one in captured.outputs]
            with timed(stages, "document"):
                write_document(done, work / "render", FRONT)
            with timed(stages, "render"):
                pandoc.PandocRenderer().render(work / "render", ("html", "pdf"), typeset_here)
            cpu += cpu_seconds() - before
            os.chdir(ROOT)
        if first:
            stages.clear()
            cpu, first = 0.0, False
    each = {stage: seconds / len(profiles) for stage, seconds in stages.items()}
    return Cost("floor: a bare process", len(profiles), sum(stages.values()), cpu, each)


def _output(captured: object) -> object:
    import nbformat  # noqa: PLC0415

    data = captured._repr_mimebundle_()[0]  # type: ignore[attr-defined]
    return nbformat.v4.new_output("display_data", data=data)


def report(costs: list[Cost]) -> None:
    """Print the table."""
    loop = next((cost for cost in costs if cost.way.startswith("obvious")), None)
    low = next((cost for cost in costs if cost.way.startswith("floor")), None)
    table = Table(
        "way",
        "people",
        "s a report",
        "CPU s",
        "throughput",
        "CPU of the floor",
        "stages, s a report",
    )
    for cost in costs:
        table.add_row(
            cost.way,
            str(cost.people),
            f"{cost.each:.2f}",
            f"{cost.cpu_each:.2f}",
            f"{loop.each / cost.each:.1f} ×" if loop else "",
            f"{cost.cpu_each / low.cpu_each:.2f} ×" if low else "",
            ", ".join(f"{stage} {seconds:.2f}" for stage, seconds in cost.stages.items()),
        )
    Console(width=180).print(table)


def keep(costs: list[Cost]) -> None:
    """Write the results and draw the charts that the README shows."""
    rows = [asdict(cost) for cost in costs]
    for row in rows:
        weights = [megabytes for _, megabytes in row.pop("memory")]
        row["stages"] = json.dumps({stage: round(s, 3) for stage, s in row["stages"].items()})
        row["peak_megabytes"] = round(max(weights, default=0))
    pl.DataFrame(rows).write_csv(HERE / "results.csv", float_precision=3)
    _save(_bars(costs), "cost.svg")
    batches = [cost for cost in costs if cost.memory]
    if batches:
        _save(_weights(batches), "memory.svg")


def _bars(costs: list[Cost]) -> Any:  # noqa: ANN401 - altair has no common chart type
    frame = pl.DataFrame(
        [{"way": f"{one.way}, {one.people} people", "seconds": one.each} for one in costs]
    )
    base = alt.Chart(frame, width=520, title="Seconds a report").encode(
        alt.Y("way:N", sort=frame["way"].to_list()).title(None).axis(labelLimit=280),
        alt.X("seconds:Q").axis(None),
    )
    shown = base.mark_text(align="left", dx=4).encode(alt.Text("seconds:Q", format=".1f"))
    return base.mark_bar() + shown


def _weights(batches: list[Cost]) -> Any:  # noqa: ANN401 - idem
    weights = pl.DataFrame(
        [
            {"way": f"{one.way}, {one.people} people", "seconds": at, "megabytes": weight}
            for one in batches
            for at, weight in one.memory
        ]
    )
    title = "Memory of the batch and all its processes"
    lines = alt.Chart(weights, width=520, title=title).mark_line()
    return lines.encode(alt.X("seconds:Q"), alt.Y("megabytes:Q"), alt.Color("way:N"))


def _save(chart: Any, name: str) -> None:  # noqa: ANN401 - idem
    (HERE / name).write_text(vl_convert.vegalite_to_svg(chart.to_dict()), encoding="utf-8")


def options() -> argparse.ArgumentParser:
    """Tell what may be asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, nargs="*", default=[10, 100, 1000])
    parser.add_argument("--loop", type=int, default=5, help="people of the obvious loop")
    parser.add_argument("--jobs", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--keep", action="store_true", help="write the tracked results and charts")
    parser.add_argument("--document", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--render", choices=["html", "pdf"], help=argparse.SUPPRESS)
    return parser


def main() -> None:
    """Read what is asked for and do it."""
    asked = options().parse_args()
    if asked.document:
        document(asked.document)
        return
    if asked.render:
        render(asked.render)
        return
    costs: list[Cost] = []
    with tempfile.TemporaryDirectory() as folder:
        few = sorted(people(Path(folder) / "few", asked.loop).glob("*.yaml"))
        if few:
            costs.append(
                obvious_loop(
                    few, os.environ.get("QUARTO_PATH") or shutil.which("quarto"), validated=True
                )
            )
            costs.append(floor(few))
        for number in asked.people:
            source = people(Path(folder) / f"people-{number}", number)
            small = number == min(asked.people)
            workers = asked.jobs if small else asked.jobs[-1:]
            costs += [batch(source, number, jobs, validated=True) for jobs in workers]
            if small:
                costs.append(batch(source, number, asked.jobs[-1], validated=False))
    report(costs)
    if asked.keep:
        keep(costs)


if __name__ == "__main__":
    main()

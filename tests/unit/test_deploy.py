"""The recipes of deploy/: what they name is there."""

from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import dask
import pytest
import typer.main
import yaml
from typer.core import TyperGroup

from tremplin.cli import app
from tremplin.pipeline.batch.cluster import SETTINGS

DEPLOY = Path(__file__).parents[2] / "deploy"
DASK = {entry.name: entry for entry in entry_points(group="dask_cli")}


def containers() -> Iterator[tuple[str, list[str], dict[str, str]]]:
    """Give each container: its name, its whole command, its environment."""
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    for name, service in compose["services"].items():
        words = [*service["entrypoint"], *service.get("command", ["."])]
        yield f"compose {name}", words, service.get("environment", {})
    cluster, job = yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text("utf-8"))
    specs = [cluster["spec"][part]["spec"] for part in ("scheduler", "worker")]
    for spec in (*specs, job["spec"]["template"]["spec"]):
        for one in spec["containers"]:
            environment = {pair["name"]: pair["value"] for pair in one.get("env", [])}
            yield f"kubernetes {one['name']}", [*one["command"], *one["args"]], environment


CONTAINERS = list(containers())


@pytest.mark.parametrize(("words", "environment"), [each[1:] for each in CONTAINERS])
def test_a_container_runs_a_command_that_is_there(
    words: list[str], environment: dict[str, str]
) -> None:
    """Each command of the recipes and each of its options is known to Dask or to tremplin, and each setting to Dask."""
    program, name, *arguments = words
    if program == "dask":
        command: Any = DASK[name].load()
    else:
        group = typer.main.get_command(app)
        assert isinstance(group, TyperGroup)
        command = group.commands[name]
        arguments += ["--out", "reports"]
    command.make_context(name, arguments)
    for key, value in environment.items():
        if key.startswith("DASK_"):
            setting = key.removeprefix("DASK_").lower().replace("__", ".").replace("_", "-")
            assert setting in {name.replace("_", "-") for name in SETTINGS}
            assert str(SETTINGS[setting]) == value
            assert dask.config.get(setting, None) is not None


def test_both_recipes_have_the_same_parts() -> None:
    """A scheduler, workers and a batch, of the image that the Containerfile makes."""
    names = [name for name, _, _ in CONTAINERS]
    parts = ("scheduler", "worker", "batch")
    assert names == [f"{where} {part}" for where in ("compose", "kubernetes") for part in parts]

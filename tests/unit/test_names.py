import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import tremplin

LIBRARY = Path(tremplin.__file__).parent
MODULES = sorted(LIBRARY.rglob("*.py"))


def public_types(module: Path) -> Iterator[str]:
    """Name the classes and type aliases that a module defines for others."""
    for statement in ast.parse(module.read_text(encoding="utf-8")).body:
        match statement:
            case ast.ClassDef(name=name):
                pass
            case ast.Assign(targets=[ast.Name(id=name)]) if not name.isupper():
                # Other values are constants, in capitals, or parts of a program, in small letters.
                pass
            case ast.AnnAssign(target=ast.Name(id=name), annotation=ast.Name(id="TypeAlias")):
                pass
            case _:
                continue
        if name[0].isupper():
            yield name


def test_no_two_public_types_share_a_name() -> None:
    """Whoever searches for a type by its name finds one."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for module in MODULES:
        for name in public_types(module):
            places[name].append(str(module.relative_to(LIBRARY)))
    assert {name: files for name, files in places.items() if len(files) > 1} == {}
    assert places["Profile"] == ["model/profile/profile.py"]
    assert places["YamlValue"] == ["model/yaml.py"]


def test_few_files_are_called_alike() -> None:
    """A module's name says what is in it: at most three rooms have one of the same name."""
    files: defaultdict[str, list[str]] = defaultdict(list)
    for module in MODULES:
        if module.name != "__init__.py":
            files[module.name].append(str(module.relative_to(LIBRARY)))
    assert {name: places for name, places in files.items() if len(places) > 3} == {}

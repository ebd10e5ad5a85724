"""Reads the YAML or JSON file of one person, and tells all that is wrong with it at once."""

from pathlib import Path

from pydantic import ValidationError

from tremplin.errors import InputError
from tremplin.model.profile.explain import explain
from tremplin.model.profile.profile import Profile
from tremplin.model.profile.written import understood_document
from tremplin.model.yaml import YamlDocument, read_yaml

TABLES = (".csv", ".ods", ".parquet", ".tsv", ".xls", ".xlsm", ".xlsx")
"""Files of many people, which are easily given where one profile is expected."""


def load_profile(path: Path) -> Profile:
    """
    Read and check one person's YAML or JSON file.

    Raises:
        InputError: Something in it is wrong; all problems at once, in the order of the file.

    """
    return parse_profile(read_profile(path))


def read_profile(path: Path) -> YamlDocument:
    """
    Read one person's file as people and programs write it, not yet checked.

    Raises:
        InputError: the file cannot be read as a whole.

    """
    if path.suffix.lower() in TABLES and not path.is_dir():
        raise InputError.at("profile.table", path)
    return understood_document(read_yaml(path))


def parse_profile(document: YamlDocument) -> Profile:
    """Check one person's data that has been read and understood, as `load_profile` does."""
    problems = list(document.problems)
    try:
        profile = Profile.model_validate(document.data)
    except ValidationError as error:
        problems += explain(error, Profile, document)
    if problems:
        problems.sort(key=lambda problem: problem.place.line or 0)
        raise InputError(*problems)
    return profile

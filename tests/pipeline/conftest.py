from pathlib import Path

import pytest
from tests.tiny import small_project


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a project whose reports are made in a third of the time."""
    return small_project(tmp_path_factory.mktemp("small"))

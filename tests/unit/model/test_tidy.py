"""The tidy form of a profile."""

import json
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import ROOT
from tests.plausible_people import plausible_people

from tremplin.errors import InputError
from tremplin.model.profile import SHORTEST, load_profile, parse_profile
from tremplin.model.profile.tidy import Remarks, remarks_of, tidied
from tremplin.model.profile.written import understood_document
from tremplin.model.whole import write_whole
from tremplin.model.yaml import YamlDocument, parse_yaml

MESSY = """\
# Ma situation
# yaml-language-server: $schema=profile.schema.json
name: Zoé
id: zoe   # nom du dossier
# ce que dit le contrat
employment: {contract: CDI, since: 01/09/2021, weekly_hours: 35 h, net_salary: "1 650,50 €"} # relu
project:
  turnover: {month_1: 300.0, month_12: 1800, month_24: 2600}
  # mon métier
  activity: 'oui'
  category: libéral
  start: 4 janvier 2027
  weekly_hours: 10
  expenses: {rate: 5 %}
  preparation:
    documents:
      - RIB
      - CNI   # à refaire
  equipment:
    # d'occasion
    - amount: 1 200
      years: 3
      name: Presse
# fin
"""


def read(text: str) -> YamlDocument:
    """Read a text as a person's file."""
    return understood_document(parse_yaml(text.encode(), file="a.yaml"))


def tidy(text: str) -> str:
    """Give the tidy form of a text."""
    document = read(text)
    return tidied(document.data, remarks_of(text, document.lines))


def test_a_profile_is_written_in_order_with_its_remarks() -> None:
    """Keys in the order of the models, values as these have them, each with its French words; no remark is lost."""
    text = tidy(MESSY)
    lines = text.splitlines()
    assert lines[0].startswith("#: Profil pour tremplin.")
    assert lines[2:9] == [
        "# Ma situation",
        "# yaml-language-server: $schema=profile.schema.json",
        "# nom du dossier",
        "id: zoe    #: Nom du dossier",
        "name: Zoé  #: Nom",
        "",
        "#: person:  Vous",
    ]
    job = text[text.index("# ce que dit") : text.index("project:")]
    assert job == (
        "# ce que dit le contrat\n"
        "# relu\n"
        "employment:            #: Votre emploi\n"
        "  #: sector: …  Secteur de l’employeur : private (privé), public (public)\n"
        "  contract: permanent  #: Nature du contrat : CDI, ou titulaire\n"
        "  since: 2021-09-01    #: Entrée chez l’employeur\n"
        "  weekly_hours: 35     #: Durée du travail par semaine, h\n"
        "  net_salary: 1650.5   #: Salaire net imposable par mois, €\n"
        "  #: commute: …  Trajet aller et retour par jour travaillé, min\n"
        "  #: clauses:  Clauses du contrat\n"
        "  #:   exclusivity: …  Clause d’exclusivité\n"
        "  #:   non_compete: …  Clause de non-concurrence\n"
        "\n"
    )
    assert "  # mon métier\n  activity: oui " in text
    assert "    rate: 0.05 " in text
    assert "#: Frais proportionnels au chiffre d’affaires : 5 %" in text
    assert (
        "    # à refaire\n    documents: [bank_details, identity]  #: Pièces déjà réunies : "
        in text
    )
    assert "    # d'occasion\n    - name: Presse " in text
    assert "      amount: 1200 " in text
    assert text.endswith("\n# fin\n")
    assert parse_profile(read(text)) == parse_profile(read(MESSY))


def test_the_tidy_form_is_its_own() -> None:
    """Written again nothing changes: what tremplin said is said anew, not twice."""
    once = tidy(MESSY)
    assert tidy(once) == once


@pytest.mark.parametrize(
    "file", [*sorted((ROOT / "params").glob("*.yaml")), ROOT / "tests/data/shop.yaml"], ids=str
)
def test_the_examples_stay_the_same_people(file: Path) -> None:
    """Alice to Hugo, and a shop, are told as before, and their remarks are kept."""
    text = file.read_text(encoding="utf-8")
    once = tidy(text)
    assert parse_profile(read(once)) == load_profile(file)
    assert tidy(once) == once
    remarks = [line for line in text.splitlines() if line.startswith("#")]
    assert [line for line in remarks if line not in once.splitlines()] == []


def test_people_as_advisors_meet_them_stay_the_same() -> None:
    """The profile before and after is equal, whoever it is."""
    for profile in plausible_people(25):
        data = yaml.safe_load(
            yaml.safe_dump(_lists(profile.model_dump(exclude_unset=True)), allow_unicode=True)
        )
        once = tidied(data, Remarks())
        assert parse_profile(read(once)) == profile
        assert tidy(once) == once


def _lists(value: object) -> object:
    if isinstance(value, dict):
        return {key: _lists(one) for key, one in value.items()}
    return [_lists(one) for one in value] if isinstance(value, list | tuple) else value


@given(
    st.text(st.sampled_from("ab é'\"#:-,{}[]&*!|>%@`?1=~\u00a0\u202f"), min_size=1, max_size=20),
    st.text(st.sampled_from("ab é#:'\"-{1"), max_size=20),
)
def test_any_text_and_any_remark_survive(name: str, remark: str) -> None:
    """Whatever a name is made of, and whatever somebody noted beside it, both are there afterwards."""
    data = {**SHORTEST, "name": name}
    data["employment"] = {**data["employment"], "since": date(2021, 9, 1)}
    data["project"] = {**data["project"], "start": date(2027, 1, 4)}
    once = tidied(data, Remarks(by_path={("name",): [f"# {remark}".rstrip()]}))
    again = tidy(once)
    assert read(once).data["name"] == name
    assert again == once
    assert f"# {remark}".rstrip() in again.splitlines()


def test_an_answer_typed_behind_our_sign_is_not_lost() -> None:
    """`#: sector: public` is no answer yet; it stays as a remark, so that somebody sees it."""
    once = tidy(MESSY).replace("#: sector: …  Secteur", "#: sector: public  Secteur")
    assert "  # sector: public  Secteur de l’employeur" in tidy(once)


def test_a_part_of_a_profile_is_written_too() -> None:
    """What is not told yet stands there as what is to be said, and the answers read back the same."""
    text = tidied({"project": {"activity": "Pose", "mystery": 1}}, Remarks())
    assert read(text).data == {"project": {"activity": "Pose", "mystery": 1}}
    assert "#: id: …" not in text
    assert "#: name: …  Nom" in text
    assert "#: employment:  Votre emploi\n#:   sector: …" in text


def test_a_file_appears_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    """A new file is closed to others, an old one stays as open as it was, through a link too; nothing else is left behind."""
    file = tmp_path / "a.yaml"
    write_whole(file, "a: 1\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(file)
    write_whole(link, "a: 2\n")
    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == ("a: 2\n", 0o640)
    assert link.is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "link.yaml"]
    write_whole(tmp_path / "new" / "a.yaml", "a: 3\n")
    assert (tmp_path / "new" / "a.yaml").read_text() == "a: 3\n"
    with pytest.raises(InputError, match="cannot be written"):
        write_whole(file / "a.yaml", "a: 1\n")  # a file where a folder would be


def tremplin(*words: object) -> subprocess.CompletedProcess[str]:
    """Run the command line."""
    command = [sys.executable, "-m", "tremplin", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_format_writes_in_place_or_elsewhere(tmp_path: Path) -> None:
    """The command leaves the source alone with `--out`, and a wrong profile as it is."""
    file, target = tmp_path / "me.yaml", tmp_path / "tidy.yaml"
    file.write_text(MESSY, encoding="utf-8")
    done = tremplin("format", file, "--out", target, "--lang", "fr")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("tidy.yaml\u00a0: écrit\n")
    assert file.read_text(encoding="utf-8") == MESSY
    assert tremplin("format", file).returncode == 0
    assert file.read_bytes() == target.read_bytes()
    file.write_text(MESSY.replace("35 h", "beaucoup"), encoding="utf-8")
    refused = tremplin("format", file)
    assert (refused.returncode, "beaucoup" in file.read_text(encoding="utf-8")) == (2, True)
    program = tmp_path / "me.json"
    program.write_text(json.dumps(SHORTEST, indent="\t"), encoding="utf-8")
    assert "--out me.yaml" in tremplin("format", program).stderr
    assert json.loads(program.read_text(encoding="utf-8")) == SHORTEST
    assert tremplin("format", program, "--out", target).returncode == 0
    assert load_profile(target) == load_profile(program)

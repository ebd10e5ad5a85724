"""
An export of clients as an advisor's program makes one: 60 people, 27 columns called as people call them, and a total.

`python -m tests.crm` writes it anew as `tests/data/crm/export.csv`; tests make a workbook of the same rows.
"""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

FILE = Path(__file__).parent / "data/crm/export.csv"
PEOPLE = 60
NARROW = "\u202f"
HEADER = (
    "N° dossier",
    "Civilité",
    "Nom",
    "Prénom",
    "Date de\nnaissance",
    "Téléphone",
    "E-mail",
    "Code postal",
    "Ville",
    "Conseiller(ère)",
    "Date 1er RDV",
    "Statut dossier",
    "Sit. familiale",
    "Nb enfants\nà charge",
    "Type de contrat",
    "Date d’embauche",
    "Tps de travail\nhebdo",
    "Salaire net\nmensuel\u202f(€)",
    "Projet envisagé",
    "Type d’activité",
    "Démarrage prévu",
    "Apport perso.\u00a0(€)",
    "Charges fixes mensuelles",
    "CA M1 HT",
    "CA M12 HT",
    "CA M24 HT",
    "Notes de suivi",
)
RIGHT = {
    "N° dossier": "id",
    "Civilité": "person.gender",
    "Nom": "name",
    "Prénom": "name",
    "Date de naissance": "person.birth_date",
    "Sit. familiale": "household.situation",
    "Nb enfants à charge": "household.children",
    "Type de contrat": "employment.contract",
    "Date d’embauche": "employment.since",
    "Tps de travail hebdo": "employment.weekly_hours",
    "Salaire net mensuel (€)": "employment.net_salary",
    "Projet envisagé": "project.activity",
    "Type d’activité": "project.category",
    "Démarrage prévu": "project.start",
    "Apport perso. (€)": "financing.savings",
    "Charges fixes mensuelles": "household.fixed_costs",
    "CA M1 HT": "project.turnover.month_1",
    "CA M12 HT": "project.turnover.month_12",
    "CA M24 HT": "project.turnover.month_24",
}
"""What each column is; the others answer no question."""
_FIRST = [
    "Camille",
    "Léa",
    "Karim",
    "Hugo",
    "Inès",
    "Paul",
    "Awa",
    "Chloé",
    "Yann",
    "Noé",
    "Zoé",
    "Éric",
    "Maëlle",
    "Jean-Luc",
    "Sarah",
    "Bilal",
]
_LAST = (
    "MARTIN",
    "Bernard",
    "DUBOIS",
    "Petit",
    "N’DIAYE",
    "Le Goff",
    "GARCIA",
    "Da Silva",
    "NGUYEN",
)
_TOWNS = (
    ("35000", "Rennes"),
    ("69007", "Lyon"),
    ("01000", "Bourg-en-Bresse"),
    ("97400", "Saint-Denis"),
)
_PROJECTS = (
    ("Épicerie de quartier", "Commerce"),
    ("Rédaction web", "Profession libérale"),
    ("Plomberie", "Artisanat"),
    ("Conciergerie", "Prestation de services"),
    ("Vente de bijoux", "E-commerce"),
)
_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]


def rows() -> list[list[str]]:
    """Give the lines below the header: the people, the same each time, then the total."""
    chance = random.Random(2026)  # noqa: S311 - examples, no secrets
    found = [_person(number, chance) for number in range(PEOPLE)]
    found[7][14] = ""
    found[19][17] = "à voir"
    found[41][15] = "31/02/2020"
    total = [""] * len(HEADER)
    total[0], total[17] = "TOTAL", "123 456,00"
    return [*found, total]


def write_csv(path: Path) -> None:
    """Write the export as French Excel saves it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\n").writerows([HEADER, *rows()])


def write_xlsx(path: Path) -> None:
    """Write the export as a workbook, with a title above it, and days that are days where they are written in figures."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Export")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_string(0, 0, "Export des bénéficiaires au 30/11/2026")
        sheet.write_row(2, 0, HEADER)
        for line, row in enumerate(rows(), start=3):
            for place, cell in enumerate(row):
                try:
                    sheet.write_datetime(line, place, date.fromisoformat(cell), day)
                except ValueError:
                    sheet.write_string(line, place, cell)


def _person(number: int, chance: random.Random) -> list[str]:
    first, last = chance.choice(_FIRST), chance.choice(_LAST)
    town = chance.choice(_TOWNS)
    project, kind = chance.choice(_PROJECTS)
    since = date(2010, 1, 4) + timedelta(days=chance.randrange(5000))
    start = date(2027, 1, 4) + timedelta(days=chance.randrange(300))
    salary = 1300 + chance.randrange(2200)
    month_1 = 100 * chance.randrange(12)
    return [
        f"2026-{143 + number:04}",
        chance.choice(["M.", "Mme"]),
        last,
        first,
        _figures(date(1968, 1, 1) + timedelta(days=chance.randrange(12000))),
        f"06 {chance.randrange(100):02} {chance.randrange(100):02} {chance.randrange(100):02} 78",
        f"client{number}@exemple.fr",
        *town,
        chance.choice(["S. Morvan", "A. Benali"]),
        _figures(date(2026, 3, 2) + timedelta(days=chance.randrange(200))),
        chance.choice(["En cours", "Clos", "À relancer"]),
        chance.choice(["Marié(e)", "Célibataire", "Pacsé(e)", "Concubinage", "Divorcé(e)"]),
        str(chance.randrange(4)),
        chance.choice(["CDI", "CDI", "CDI", "CDD", "Intérim"]),
        since.isoformat() if number % 2 else _figures(since),
        chance.choice(["35 h", "35", "39", "28 h", "24,5"]),
        f"{salary // 1000}{NARROW}{salary % 1000:03},{chance.choice(['00', '50'])}",
        project,
        kind,
        f"{start.day} {_MONTHS[start.month - 1]} {start.year}" if number % 3 else _figures(start),
        f"{chance.randrange(1, 20)}{NARROW}000 €",
        str(600 + 10 * chance.randrange(120)),
        str(month_1),
        str(month_1 + 900),
        str(month_1 + 1600),
        chance.choice(["", "à rappeler", "a déjà un local ; voir bail", "dossier Adie"]),
    ]


def _figures(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    write_csv(FILE)

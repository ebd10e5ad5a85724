"""The catalogue of trades: found by the words that people use, each with its own words, its law with sources."""

import re
from collections import Counter
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.trades_page import page

from tremplin.errors import InputError
from tremplin.model.register import Register
from tremplin.model.trades import Trade, Trades, read_trades, stems

SENTENCE = re.compile(r"(?<=[.!?…])\s+")
ADVICE = ("first_clients", "prices", "hours", "gradual", "leave_when", "ask", "body")

ARTICLE = {
    "Rédaction web": "web_writer",
    "Téléprospection": "telemarketer",
    "Coursier indépendant": "bicycle_courier",
    "Photographe": "photographer",
    "Aide à domicile": "home_help",
    "Coaching": "coach",
    "Multiservices": "handyman",
    "Magasin de fleurs": "florist",
    "Restauration": "restaurant",
    "Vente à distance": "e_commerce",
    "Serrurier": "locksmith",
    "Maçon": "mason",
    "Menuisier": "joiner",
    "Pâtissier": "pastry_cook",
    "Couturier": "seamstress",
    "Coiffeur": "hairdresser",
    "Réparateur de vélo": "bicycle_repairer",
    "Freelance en rédaction web": "web_writer",
    "Consulting": "consultant",
    "Traduction": "translator",
    "Graphisme": "graphic_designer",
    "Soutien scolaire": "tutor",
    "Aide administrative": "admin_help",
    "Petits bricolages": "handyman",
    "Commerce en ligne": "e_commerce",
    "Boutique e-commerce": "e_commerce",
    "DJ": "dj",
    "Photographie de mariage": "wedding_photographer",
    "Location de salle": "hall_hire",
    "Location de matériel": "equipment_hire",
    "Chambre d’hôtes": "guest_rooms",
    "Location saisonnière": "seasonal_let",
    "Plombier": "plumber",
    "Électricien": "electrician",
    "Peintre": "painter",
    "Boulanger": "baker",
    "Boulangerie": "baker",
    "Pâtisserie": "pastry_cook",
    "Restauration rapide": "fast_food",
    "Services à la personne : ménage": "cleaner",
}
"""The forty activities that the article names, in its own words."""


@pytest.fixture(scope="module")
def trades(register: Register) -> Trades:
    """Give the catalogue of our own register."""
    return register.trades


def test_there_are_a_hundred_trades(trades: Trades) -> None:
    """The trades of the article and those that most people start."""
    assert len(trades.by_id) >= 100


@pytest.mark.parametrize(("activity", "expected"), ARTICLE.items())
def test_the_activities_of_the_article_are_found(
    trades: Trades, activity: str, expected: str
) -> None:
    """Who writes what the article calls an activity is understood."""
    assert [one.id for one in trades.named(activity)] == [expected]


def test_each_trade_is_found_by_each_of_its_names(trades: Trades) -> None:
    """No name is longer than, or hidden by, that of another trade."""
    hidden = {
        (trade.id, name): [one.id for one in trades.named(name)]
        for trade in trades.by_id.values()
        for name in (trade.label, *trade.names)
        if trades.named(name) != (trade,)
    }
    assert hidden == {}


@pytest.mark.parametrize(
    ("activity", "expected"),
    [
        ("Réparation de vélos à domicile", "bicycle_repairer"),
        ("Installation et dépannage électriques chez les particuliers", "electrician"),
        ("Je voudrais ouvrir une boulangerie-pâtisserie", "baker"),
        ("INFIRMIÈRE LIBÉRALE", "nurse"),
        ("Chauffeur VTC à Lyon", "vtc_driver"),
        ("coiffure à domicile", "home_hairdresser"),
    ],
)
def test_the_longest_words_count(trades: Trades, activity: str, expected: str) -> None:
    """Case, accents, number and what is said around it do not matter."""
    assert [one.id for one in trades.named(activity)] == [expected]


def test_words_that_fit_no_trade_find_none(trades: Trades) -> None:
    """Nothing is guessed: what comes near is offered, and no more than three."""
    assert trades.named("Essai") == ()
    assert trades.named("") == ()
    assert "florist" in [one.id for one in trades.like("fleurite")]
    assert len(trades.like("réparation de vélos et de trottinettes")) <= 3


def test_two_trades_share_no_sentence(trades: Trades) -> None:
    """Same sentences for different lives are a defect."""
    said = Counter(
        sentence
        for trade in trades.by_id.values()
        for field in ADVICE
        for sentence in SENTENCE.split(getattr(trade, field) or "")
        if sentence
    )
    assert [sentence for sentence, times in said.items() if times > 1] == []


def test_advice_has_no_figures(trades: Trades) -> None:
    """A number needs a source, and an advisor's words have none."""
    typed = {
        (trade.id, field): text
        for trade in trades.by_id.values()
        for field in ADVICE
        if re.search(r"\d", text := getattr(trade, field) or "")
    }
    assert typed == {}


def law_without_source(trade: Trade) -> list[str]:
    """Name the claims of law of a trade that cite nothing and are not said to be open."""
    claims = {
        "qualification": trade.qualification.asked is True and not trade.qualification.source,
        "vat_note": bool(trade.vat_note) and not trade.vat_source,
        "before_opening": any(not duty.source for duty in trade.before_opening),
        "insurance": any(cover.compulsory and not cover.source for cover in trade.insurance),
        "premises": bool(trade.premises) and not trade.premises_source,
    }
    return [name for name, lacks in claims.items() if lacks and name not in trade.open]


def test_law_has_its_source_or_is_said_to_be_open(trades: Trades) -> None:
    """Each cell of the catalogue is sourced or named among those that are open."""
    lacking = {
        trade.id: found for trade in trades.by_id.values() if (found := law_without_source(trade))
    }
    assert lacking == {}


def test_what_is_not_reckoned_says_why(trades: Trades) -> None:
    """Whoever is refused an amount reads the reason and whom to ask."""
    refused = {one.id for one in trades.by_id.values() if one.modelled == "none"}
    assert {"nurse", "doctor", "lawyer", "farmer", "artist_author"} <= refused
    assert all(trades.by_id[id_].not_modelled for id_ in refused)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Réparation de vélos à domicile", {"reparation", "velo", "domicil"}),
        ("Chambres d’hôtes en bord de mer", {"chambr", "hot", "bord", "mer"}),
        ("œuvre", {"oeuvr"}),
    ],
)
def test_what_of_a_word_is_compared(text: str, found: set[str]) -> None:
    """Accents, elisions and endings are left out, and words without a meaning of their own."""
    assert stems(text) == found


SHORT = """family: {family}
label: Essai
trades:
  - id: writer
    label: rédacteur
    names: [rédaction]
    naf: ["82.99Z"]
    category: liberal
    scheme: ssi
    qualification: {{asked: false}}
    demand: recurring
    first_clients: Des agences.
    prices: Au feuillet.
    hours: Le soir.
    gradual: Peu à peu.
    leave_when: Plus tard.
    ask: Un assureur.
"""


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({}, "trades: holds no family of trades. Put a file such as building.yaml there."),
        (
            {"one.yaml": SHORT.format(family="other")},
            "one.yaml: says that its family is other. Give the file and the family one name.",
        ),
        (
            {"one.yaml": SHORT.format(family="one").replace("liberal", "freelance")},
            "one.yaml: trades.0.category: is not what a trade says here",
        ),
        (
            {"one.yaml": "family: [one"},
            "one.yaml: cannot be read as YAML",
        ),
        (
            {
                "one.yaml": SHORT.format(family="one"),
                "two.yaml": SHORT.format(family="two").replace("id: writer", "id: scribe"),
            },
            "two.yaml: “rédacteur” leads to two trades, writer and scribe.",
        ),
        (
            {"one.yaml": SHORT.format(family="one"), "two.yaml": SHORT.format(family="two")},
            "two.yaml: the trade writer stands in one.yaml already. Keep one of the two.",
        ),
    ],
)
def test_a_family_that_cannot_be_used_is_told(
    tmp_path: Path, files: dict[str, str], told: str
) -> None:
    """Who keeps the catalogue is told the file, the place and what to do."""
    folder = tmp_path / "trades"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_trades(folder)
    assert told in str(error.value)


def test_the_page_of_trades_is_current(trades: Trades) -> None:
    """docs/trades.md is what the catalogue says: `make schema` writes it."""
    assert (ROOT / "docs/trades.md").read_text("utf-8") == page(trades)

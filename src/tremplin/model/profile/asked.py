"""How a key of a profile is asked for: what stands beside its type, as an annotation."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tremplin.errors.words import spaced

When = Mapping[str, tuple[object, ...]]
"""Values by the dotted keys of other answers: each of these keys must have one of its values; an empty tuple is any but none, nothing, no and zero."""


@dataclass(frozen=True, slots=True)
class Asked:
    """
    The question of a key, in French, and all that helps to answer it.

    Sentences are written with plain spaces: those before `: ; ? !` and inside « » are made unbreakable here. It has
    a hash, without its mappings, for whoever looks an annotation up.
    """

    question: str
    """As one asks somebody: « Quel est votre salaire net par mois ? »"""
    help: str = ""
    """What counts and what does not, in a sentence or two."""
    where: str = ""
    """Where the answer is found: « Dernière ligne de votre bulletin de paie »."""
    example: str = ""
    """An answer as one would type it: « 1 850,50 »."""
    when: When = field(default_factory=dict, hash=False)
    """Who is asked at all: everybody where it is empty."""
    or_when: tuple[When, ...] = field(default=(), hash=False)
    """Who is asked too: whoever meets one of these, whatever `when` says."""
    synonyms: Mapping[object, tuple[str, ...]] = field(default_factory=dict, hash=False)
    """Other words that people use for each choice: « CDI » for `permanent`."""
    column: str = ""
    """What it adds to the names of columns, where labels alone would not do: « Équipement » of a list, « nom » within it."""
    columns: tuple[str, ...] = ()
    """Other names that people give to a column with its answers: « Salaire net », « Date d’embauche »."""
    decides: tuple[str, ...] = ()
    """The answers and findings that it decides most: `acre`, `findings.overload`."""
    essential: bool = False
    """
    Whether it is asked in the ordinary course.

    The others stand under « Plus de précisions » of their page: what is said to stand in for an answer suits most people.
    """

    def __post_init__(self) -> None:
        """Set the spaces of French."""
        for name in ("question", "help", "where"):
            object.__setattr__(self, name, spaced(getattr(self, name)))

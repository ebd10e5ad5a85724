"""
How each form looks, in every view: a colour of the brand, and a dash that repeats it.
"""

import altair as alt

from tremplin.law.forms import FORMS
from tremplin.model.brand import Brand

DASHES = {"micro": [1, 0], "ei": [8, 3], "eurl": [2, 2], "sasu": [9, 3, 2, 3]}
TONES = {"micro": "primary", "ei": "accent", "eurl": "positive", "sasu": "negative"}
"""The role in the brand of each form's colour, which its dash repeats."""


def scales(brand: Brand) -> tuple[alt.Scale, alt.Scale]:
    """Give the colour and the dash of each form."""
    colours = [brand.chart[TONES[form]] for form in FORMS]
    return (
        alt.Scale(domain=list(FORMS), range=colours),
        alt.Scale(domain=list(FORMS), range=[DASHES[form] for form in FORMS]),
    )

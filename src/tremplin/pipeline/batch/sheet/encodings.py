"""
In which encoding a text was saved, and the word that looks wrong where that cannot be told.

Whoever saves CSV seldom chooses an encoding: recent programs write UTF-8, Excel the encoding of Windows or UTF-16, Excel
for Mac that of old Macs, old software that of DOS. An « é » of one is another sign in the others, so the words
themselves tell: the encoding is the one in which all of them look like words.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tremplin.errors import InputError, Phrase, Place, Problem
from tremplin.model.scalar import are_values_hidden, printable

_PIECE = 2**20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = {
    "cp1252": "Windows",
    "mac_roman": Phrase("Excel for Mac"),
    "cp850": "DOS",
    "cp437": "DOS",
}
"""Encodings of one byte a letter, the likeliest first, and who writes them."""
_MOST_WORDS = 20_000
"""Different words that are looked at: more would tell nothing new."""
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_WORD = re.compile(rb"[^\s;,\t\"']*[\x80-\xff][^\s;,\t\"']*")
# A letter whose bytes of UTF-8 were taken for letters of Windows and written as UTF-8 once more: `Ã©`, `â€™`, `Å“`.
_TWICE = "[ÂÃÅ][\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|â€[\u0080-\u00bf™œ“”¦“]"
_BETWEEN = re.compile("[ \t\r\n;,\"']+")
_TWICE_TEXT = re.compile(_TWICE)
_TWICE_BYTES = re.compile(
    rb"\xc3[\x82\x83\x85](?=\xc2|\xc5|\xc6\x92|\xcb|\xe2)|\xc3\xa2\xe2\x82\xac"
)
_LETTERS = frozenset("àâäáãåæçéèêëíìîïñóòôöõøœúùûüýÿßšžÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜÝŸŠŽ")
_FRENCH = frozenset("àâäçéèêëîïôöùûüœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒÆ")
"""Those that must do where an encoding is an unlikely one."""
_SIGNS = frozenset("’‘“”«»°€–—…•·™®©²³½¼¾§£µ×±\u00a0\u00ad")
"""Signs that stand beside words, or in the place of a space."""
_WITHIN = frozenset("’‘«»–—·\u00a0\u00ad")
"""Those of them that stand between two letters too."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding of a file, and what is to be said of it."""

    name: str
    told: tuple[Problem, ...] = ()


def encoding_of(path: Path, file: BinaryIO) -> Encoding:
    """
    Tell in which encoding a file was saved.

    Raises:
        InputError: its words do not tell, or it was saved as UTF-8 of what was UTF-8 already.

    """
    file.seek(0)
    head = file.read(2**12)
    if marked := next((name for mark, name in _MARKS if head.startswith(mark)), None):
        if marked == "utf-8-sig":
            _check_utf8(path, file)
        return Encoding(marked)
    if wide := _wide(head):
        return Encoding(wide)
    if _check_utf8(path, file):
        return Encoding("utf-8")
    return _of_words(path, list(_words(path, file)))


def saved_twice(text: str) -> str | None:
    """Find the first word of a text that was saved as UTF-8 twice."""
    if "Ã" not in text and "Â" not in text and "â€" not in text and "Å" not in text:
        return None
    return next((word for word in _BETWEEN.split(text) if _TWICE_TEXT.search(word)), None)


def mended(word: str) -> str | None:
    """Give the word that was saved twice as it was before."""
    try:
        return word.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None


def _wide(head: bytes) -> str | None:
    """Tell UTF-16 without its mark: every other byte of a text in Latin letters is zero."""
    half = len(head) // 2 or 1
    if head[1::2].count(0) > 0.5 * half:
        return "utf-16-le"
    return "utf-16-be" if head[::2].count(0) > 0.5 * half else None


def _check_utf8(path: Path, file: BinaryIO) -> bool:
    """Tell whether a file is UTF-8; one that is so twice over is refused."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    line = 1
    try:
        for piece in iter(lambda: file.read(_PIECE) + file.readline(_PIECE), b""):
            decoder.decode(piece)
            if _TWICE_BYTES.search(piece):
                for number, text in enumerate(piece.decode("utf-8", "replace").split("\n")):
                    if word := saved_twice(text):
                        raise _refused_twice(path, line + number, word)
            line += piece.count(b"\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _refused_twice(path: Path, line: int, word: str) -> InputError:
    right = mended(word)
    return InputError.at(
        "clients.saved_twice",
        Place.of(path, line=line),
        word=printable(word),
        right=None if right is None else printable(right),
    )


def _words(path: Path, file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Give the different words with letters beyond ASCII, each with the first line that has it."""
    seen: set[bytes] = set()
    file.seek(0)
    for line, text in enumerate(iter(lambda: file.readline(_PIECE), b""), start=1):
        if _NO_TEXT.search(text):
            raise InputError.at("clients.not_text", Place.of(path, line=line))
        for word in _WORD.findall(text):
            if word not in seen and len(seen) < _MOST_WORDS:
                seen.add(word)
                yield line, word


def _of_words(path: Path, words: list[tuple[int, bytes]]) -> Encoding:
    good = [
        name
        for name in _CANDIDATES
        if all(_is_plausible(_decoded(word, name), _letters(name)) for _, word in words)
    ]
    if "cp1252" in good:
        return Encoding("cp1252")
    if good and len({tuple(_decoded(word, name) for _, word in words) for name in good}) == 1:
        name = good[0]
        sample = printable(_decoded(words[0][1], name))
        told = Problem.at("told.encoding", path, program=_CANDIDATES[name], word=sample)
        return Encoding(name, (told,))
    line, word = next(
        (line, word)
        for line, word in words
        if not _is_plausible(_decoded(word, "cp1252"), _LETTERS)
    )
    readings = dict.fromkeys(_decoded(word, name) for name in _CANDIDATES)
    likely = [text for text in readings if _is_plausible(text, _FRENCH)]
    raise InputError.at(
        "clients.odd_encoding",
        Place.of(path, line=line),
        word=printable(_decoded(word, "cp1252")),
        likely=None if are_values_hidden() or not likely else " / ".join(likely),
    )


def _decoded(word: bytes, encoding: str) -> str:
    return word.decode(encoding, errors="replace")


def _letters(encoding: str) -> frozenset[str]:
    return _LETTERS if encoding == "cp1252" else _FRENCH


def _is_plausible(word: str, letters: frozenset[str]) -> bool:
    """Tell whether a word looks like one: no signs within it, no capitals behind small letters, no letters beside digits."""
    for place, char in enumerate(word):
        if char.isascii():
            continue
        before, after = word[place - 1 : place], word[place + 1 : place + 2]
        if char in letters:
            if before.isdigit() or after.isdigit() or (char.isupper() and before.islower()):
                return False
        elif char not in _SIGNS or (char not in _WITHIN and before.isalpha() and after.isalpha()):
            return False
    return True

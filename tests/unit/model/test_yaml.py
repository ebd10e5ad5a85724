from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tremplin.errors import InputError
from tremplin.model.yaml import MAX_BYTES, YamlDocument, dotted, parse_yaml, read_yaml, shown


def read(text: str) -> YamlDocument:
    """Read a text as the file `a.yaml`."""
    return parse_yaml(text.encode(), file="a.yaml")


def problems(text: str) -> list[str]:
    """Give what is told about a text, whether reading stopped or went on."""
    try:
        return [str(problem) for problem in read(text).problems]
    except InputError as error:
        return [str(problem) for problem in error.problems]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("true", True),
        ("TRUE", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("+12", 12),
        ("2300", 2300),
        ("2300.50", 2300.5),
        (".5", 0.5),
        ("1.", 1.0),
        ("1e3", 1000.0),
        ("-0.0", 0.0),
        ("2026-02-28", date(2026, 2, 28)),
    ],
)
def test_numbers_dates_and_constants_mean_what_they_say(written: str, meant: object) -> None:
    """Plain values become booleans, nothing, numbers or dates where they look like one."""
    value = read(f"key: {written}").data["key"]
    assert value == meant
    assert type(value) is type(meant)
    assert str(value) == str(meant)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "no",
            "yes",
            "on",
            "off",
            "y",
            "Non",
            "029",
            "-007",
            "1_000",
            "1 000",
            "1,5",
            "0x1F",
            "0o17",
        ),
        *("12:30", "1:30:00", "2026-2-3", "2026-02-03 10:00:00", "nan", "NaN", "inf"),
        *("=", "5 %", "1e", "e3", "٣", "https://example.org", "Île-de-France"),
    ],
)
def test_everything_else_is_text(written: str) -> None:
    """Country codes, times and octals stay as typed: `no` is not false, `029` is not 29."""
    assert read(f"key: {written}").data == {"key": written}


def test_quotes_make_text() -> None:
    """A value in quotes is text whatever it looks like."""
    text = "a: '12'\nb: \"true\"\nc: '2026-02-30'\nd: ''\ne: '*x'\nf: |\n  two\n  lines\n"
    assert read(text).data == {
        "a": "12",
        "b": "true",
        "c": "2026-02-30",
        "d": "",
        "e": "*x",
        "f": "two\nlines\n",
    }


def test_every_key_and_item_has_its_line() -> None:
    """An error can point at the line of any key or item, also inside brackets and braces."""
    text = (
        "# who\nid: alice\nproject:\n  start: 2027-01-04\n  documents: [identity,\n    address]\n"
    )
    assert read(text).lines == {
        (): 2,
        ("id",): 2,
        ("project",): 3,
        ("project", "start"): 4,
        ("project", "documents"): 5,
        ("project", "documents", 0): 5,
        ("project", "documents", 1): 6,
    }


def test_a_byte_order_mark_is_harmless() -> None:
    """A file saved by Windows Notepad as UTF-8 is read."""
    assert parse_yaml(b"\xef\xbb\xbfid: alice\r\nname: Zo\xc3\xab\r\n", file="a.yaml").data == {
        "id": "alice",
        "name": "Zoë",
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "a: &base 1\nb: 2\n",
            "a.yaml:1: a: the anchor &base is not accepted. Remove it, keep the value.",
        ),
        ("a: *base\n", "a.yaml:1: a: the alias *base is not accepted. Write the value out here."),
        (
            "a: !!python/object/apply:os.system [id]\n",
            (
                "a.yaml:1: a: the tag !!python/object/apply:os.system is not accepted."
                " Remove it; put a value that is meant as text in quotes."
            ),
        ),
        (
            "a: ! 1\n",
            (
                "a.yaml:1: a: the tag ! is not accepted."
                " Remove it; put a value that is meant as text in quotes."
            ),
        ),
        (
            "a:\n  <<: {b: 1}\n",
            "a.yaml:2: a: the merge key << is not accepted. Write the keys out here.",
        ),
        (
            "a: 1\nb: 2\na: 3\n",
            "a.yaml:3: a: this key already stands on line 1. Keep one of the two.",
        ),
        (
            "a: 1\n---\nb: 2\n",
            (
                "a.yaml:2: a second document starts here."
                " Keep one document a file: remove this `---` and what follows it."
            ),
        ),
        (
            "!!str a: 1\n",
            (
                "a.yaml:1: a: the tag !!str is not accepted."
                " Remove it; put a value that is meant as text in quotes."
            ),
        ),
        ("1: a\n", "a.yaml:1: the key 1 is not a word. Use the key names of the schema."),
        ("? [a]\n: b\n", "a.yaml:1: a key must be a single word. Write `key: value`."),
        ("*a : b\n", "a.yaml:1: ?: the alias *a is not accepted. Write the value out here."),
        ("a: 2026-02-30\n", "a.yaml:1: a: the date 2026-02-30 does not exist. Check the day."),
        (
            "a: .nan\n",
            (
                "a.yaml:1: a: .nan is not a number that can be computed with."
                " Write an ordinary number, or quotes around it if it is text."
            ),
        ),
        (
            "a: 1e999\n",
            (
                "a.yaml:1: a: 1e999 is not a number that can be computed with."
                " Write an ordinary number, or quotes around it if it is text."
            ),
        ),
        (
            "a: 1234567890123456\n",
            (
                "a.yaml:1: a: the number 1234567890123456 is too large."
                " Check it, or put quotes around it if it is text."
            ),
        ),
        (
            'a: "\\ud800"\n',
            "a.yaml:1: a: the text holds half a character. Write the whole character.",
        ),
        ("", "a.yaml: the file is empty. Write the keys of the profile in it."),
        ("# later\n", "a.yaml: the file is empty. Write the keys of the profile in it."),
        ("---\n", "a.yaml: the file is empty. Write the keys of the profile in it."),
        (
            "- a\n",
            (
                "a.yaml:1: the file holds a list where keys are expected."
                " Start with `id: …`, one key a line."
            ),
        ),
        ("*a\n", "a.yaml:1: the alias *a is not accepted. Write the value out here."),
        (
            "a: 1\nb: \x00\n",
            (
                "a.yaml:2: the text holds the invisible character U+0000."
                " Delete it; save the file as plain text in UTF-8."
            ),
        ),
        (
            "a: [[[[[[[[[[[1]]]]]]]]]]]\n",
            "a.yaml:1: the data is nested deeper than 10 levels. Keep only the keys of a profile.",
        ),
        (
            f"a: [{'1,' * 2000}]\n",
            "a.yaml:1: the file holds more than 2,000 values. Keep only the keys of a profile.",
        ),
    ],
)
def test_what_makes_a_document_surprising_is_refused(text: str, told: str) -> None:
    """Anchors, aliases, tags and the like are told with line, key and what to do."""
    assert problems(text) == [told]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a:\n\tb: 1\n", "2: a tab stands where spaces are expected. Indent with spaces."),
        ('a: 1\nb: "x\nc: 2\n', "2: a text in quotes is not closed. Close the quotes."),
        (
            "a: 1\nb: 'l'atelier'\n",
            (
                "2: text follows the end of a text in quotes."
                " Double a quote that is part of the text, as in 'l''atelier'."
            ),
        ),
        (
            'a: "\\q"\n',
            (
                "1: a text in double quotes holds an escape that does not exist."
                " Write the character itself, or use single quotes."
            ),
        ),
        (
            "a: b: c\n",
            (
                "1: a second colon stands in one line, or the indentation is wrong."
                " Put text that holds a colon in quotes, and align keys of one level."
            ),
        ),
        (
            "a: 1\nword\nb: 2\n",
            "2: a key has no colon after it. Write `key: value`, with a space after the colon.",
        ),
        (
            "a: [1, 2\nb: 3\n",
            (
                "1: a list in [ ] is not closed or lacks a comma."
                " Separate the items with commas and close the bracket."
            ),
        ),
        (
            "a: {b: 1\nc: 3\n",
            (
                "1: a group in { } is not closed or lacks a comma."
                " Separate the keys with commas and close the brace."
            ),
        ),
        (
            "a: @home\n",
            (
                "1: a value starts with a character that has a meaning in YAML."
                " Put the value in quotes."
            ),
        ),
        (
            "a: !e!x 1\n",
            "1: tags (`!`) are not accepted. Remove the tag, or put the text in quotes.",
        ),
        (
            "%YAML 2.0\n---\na: 1\n",
            "1: this version of YAML is not known. Remove the line with %YAML.",
        ),
        (
            "  a: 1\nb: 2\n",
            "2: text follows the end of the data. Remove it, or align it with the keys above.",
        ),
        (
            "a: - b\n",
            (
                "1: the indentation or the punctuation does not fit the lines above."
                " Align keys of one level, and write `key: value`."
            ),
        ),
    ],
)
def test_a_slip_of_the_pen_is_told_in_plain_words(text: str, told: str) -> None:
    """Wrong YAML is explained with its line, without the parser's terms."""
    assert problems(text) == [f"a.yaml:{told}"]


def test_an_escape_beyond_unicode_is_refused() -> None:
    r"""`\\U` with a number that no character has is an error, not a crash."""
    assert problems('a: "\\UFFFFFFFF"') == [
        (
            "a.yaml: a text in double quotes holds an escape that does not exist."
            " Write the character itself, or use single quotes."
        )
    ]


def test_all_that_is_refused_is_told_at_once() -> None:
    """One reading tells every problem, those before a syntax error included."""
    text = "a: &x 1\na: 2\nb: !t 3\nc: [4\n"
    assert [problem.split(": ")[0] for problem in problems(text)] == [
        "a.yaml:1",
        "a.yaml:2",
        "a.yaml:3",
        "a.yaml:4",
    ]


def test_the_first_of_two_equal_keys_counts_for_lines_and_data() -> None:
    """A duplicate key changes neither the value nor the line of the first."""
    document = read("a: {b: 1}\na:\n  b: 2\n")
    assert document.data == {"a": {"b": 1}}
    assert document.lines["a", "b"] == 1


def test_a_file_may_hold_64_kib_and_not_a_byte_more(tmp_path: Path) -> None:
    """A profile is small: a larger file is refused before it is read."""
    file = tmp_path / "a.yaml"
    text = "id: alice\n"
    file.write_text(text + "#" * (MAX_BYTES - len(text)))
    assert read_yaml(file).data == {"id": "alice"}
    too_much = text + "#" * (MAX_BYTES - len(text) + 1)
    with pytest.raises(InputError, match="the file is larger than 64 KiB"):
        read(too_much)
    file.write_text(too_much)
    with pytest.raises(InputError) as caught:
        read_yaml(file)
    assert str(caught.value) == (
        f"{file}: the file is larger than 64 KiB. Keep one person a file, and only their data."
    )


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A missing file, a folder and a wrong encoding each have their sentence."""
    with pytest.raises(InputError, match=r"none\.yaml: there is no such file\. Check its name\."):
        read_yaml(tmp_path / "none.yaml")
    with pytest.raises(InputError, match=r"this is a folder\. Give a YAML file\."):
        read_yaml(tmp_path)
    with pytest.raises(InputError, match="the file cannot be read: its name is not valid"):
        read_yaml(Path("nul\0.yaml"))
    with pytest.raises(InputError, match="the file cannot be read: file name too long"):
        read_yaml(tmp_path / ("x" * 300))
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("id: zoe\nname: Zoë\n".encode("latin-1"))
    with pytest.raises(InputError, match=r"latin\.yaml:2: the text is not UTF-8"):
        read_yaml(latin)
    with pytest.raises(InputError, match="1: the text is not UTF-8"):
        parse_yaml("id: zoe".encode("utf-16"), file="a.yaml")


def test_what_is_not_an_ordinary_file_is_refused() -> None:
    """A device, which could go on for ever, is not read."""
    with pytest.raises(InputError, match="this is not an ordinary file"):
        read_yaml(Path("/dev/zero"))


def test_an_error_shows_no_more_than_the_value_and_60_characters_of_it() -> None:
    """Long or unprintable values are cut and escaped; what a group holds stays private."""
    assert shown("x" * 61) == '"' + "x" * 59 + '…"'
    assert shown("a\x00\u202eb") == '"a\\x00\\u202eb"'
    assert shown({"secret": 1}) == "a group of keys"
    assert shown(["secret"]) == "a list"
    assert shown(None) == "an empty value"
    assert shown(value=False) == "false"
    assert dotted(("a", "b", 1, "", "c" * 100)) == 'a.b[1]."".' + "c" * 59 + "…"


@given(
    st.text(alphabet=st.sampled_from("ab:&*!{}[],-?|>'\"%@`#<~ \t\n\\0.é\x00\u2028"), max_size=60)
)
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text makes the reader fail in another way than by an error for people."""
    problems(text)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Nor do any bytes."""
    with suppress(InputError):
        parse_yaml(content, file="a.yaml")


@given(
    st.recursive(
        st.integers(-(10**15) + 1, 10**15 - 1)
        | st.booleans()
        | st.dates()
        | st.none()
        | st.text(st.characters(codec="utf-8", exclude_characters="\x85\u2028\u2029\ufeff")),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
        ),
        max_leaves=10,
    )
)
def test_what_is_written_comes_back(value: object) -> None:
    """Data written out in flow style reads as the same data."""
    document = read(f"key: {_flow(value)}")
    assert document.problems == ()
    assert document.data == {"key": value}


def _flow(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case str():
            return '"' + "".join(f"\\U{ord(char):08x}" for char in value) + '"'
        case list():
            return "[" + ", ".join(map(_flow, value)) + "]"
        case dict():
            return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
        case _:
            return str(value)

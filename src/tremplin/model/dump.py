"""Data written as YAML that the strict reader reads back as it was: text stays text, a line each."""

import yaml

from tremplin.model.scalar import THOUSANDS, RefusedError, meaning


def dump_yaml(data: object, *, lists_in_brackets: bool = False) -> str:
    """Write data as a YAML document, keys in their order; no line is broken, however long it is."""
    return yaml.dump(
        data,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=10_000,
        default_flow_style=None if lists_in_brackets else False,
    )


class _Dumper(yaml.SafeDumper):
    """Writes text so that the strict reader reads text."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - as PyYAML calls it
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    try:
        quoted = not isinstance(meaning(text, plain=True), str)
    except RefusedError:
        quoted = True
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if quoted else None)


def _number(dumper: yaml.SafeDumper, number: float) -> yaml.ScalarNode:
    """Write a number so that nobody takes its point for that of thousands."""
    node = dumper.represent_float(number)
    if THOUSANDS.fullmatch(node.value):
        node.value += "0"
    return node


_Dumper.add_representer(str, _text)
_Dumper.add_representer(float, _number)

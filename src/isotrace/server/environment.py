"""Read settings from the environment strictly: a value or a file that holds it, never a guess."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from isotrace.server.errors import ConfigError


@dataclass
class Environment:
    """Variables of one process; remembers which required ones were asked for in vain."""

    variables: Mapping[str, str]
    missing: list[str] = field(default_factory=list)

    def text(self, name: str, default: str = "") -> str:
        """Return `name`, or the content of the file that `name`_FILE names, or the default.

        Raises ConfigError when both are set, or the file cannot be read or holds nothing.
        """
        value, path = self.variables.get(name, ""), self.variables.get(f"{name}_FILE", "")
        if value and path:
            raise ConfigError("Both %(name)s and %(name)s_FILE are set: keep one of them.", field=name, name=name)
        return _content(name, Path(path)) if path else value.strip() or default

    def required(self, name: str) -> str:
        """Return `name`, or note it as missing and return an empty text."""
        value = self.text(name)
        if not value:
            self.missing.append(name)
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        """Return `name` as a truth value; only True and False are understood."""
        value = self.text(name, str(default))
        if value not in {"True", "False"}:
            raise ConfigError("%(name)s is %(value)r: write True or False.", field=name, name=name, value=value)
        return value == "True"

    def number(self, name: str, default: int, *, low: int, high: int) -> int:
        """Return `name` as a whole number from low to high."""
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
            raise ConfigError(
                "%(name)s is %(value)r: write a whole number from %(low)s to %(high)s.",
                field=name,
                name=name,
                value=value,
                low=low,
                high=high,
            )
        return int(value)

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        """Return `name`, which must be one of the allowed words."""
        value = self.text(name, default)
        if value not in allowed:
            raise ConfigError(
                "%(name)s is %(value)r: write one of %(allowed)s.", field=name, name=name, value=value, allowed=", ".join(allowed)
            )
        return value


def _content(name: str, path: Path) -> str:
    try:
        value = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            "%(name)s_FILE names %(path)s, which cannot be read: %(why)s.",
            field=name,
            name=name,
            path=path,
            why=getattr(error, "strerror", None) or "it is not text",
        ) from None
    if not value:
        raise ConfigError("%(name)s_FILE names %(path)s, which is empty: write the value into it.", field=name, name=name, path=path)
    return value

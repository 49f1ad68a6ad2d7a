"""The words: rule data in TOML, one file per language, and tables that hold for all languages.

`languages/<code>.toml` holds all that an expert of the language may correct, a table per stage or kind of fact.
A folder given as overlay has the same file names; its tables are merged over the shipped ones: a list or
value replaces, a table is merged key by key.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast

from ..errors import RulesError
from ..spelling import Spelling, compiled

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """Rule data as read; extractors compile what they need from it, once per Rules (`functools.cache` on it).

    `languages` maps a language code to its tables, `shared` the name of a shared file to its tables;
    `digests` gives the sha256 of each language's rules (with the shared ones under "shared"). `spellings` are those of
    the languages whose passages are read otherwise than they are printed; the words of their rules are read alike.
    """

    languages: Mapping[str, Mapping[str, Any]]
    shared: Mapping[str, Mapping[str, Any]]
    digests: Mapping[str, str]
    spellings: Mapping[str, Spelling] = field(default_factory=dict)


def digests(overlay: Path | None = None) -> dict[str, str]:
    """sha256 of the rule files and the name model of each language, and of the shared files as "shared"."""
    parts: dict[str, list[tuple[str, str]]] = {"shared": []}
    for path in sorted(HERE.parent.glob("names/model/*/ner/model")):
        parts[path.parts[-3]] = [("names", _sha256(path))]
    for folder in (HERE,) if overlay is None else (HERE, overlay):
        for path in sorted(folder.glob("languages/*.toml")):
            parts.setdefault(path.stem, []).append((path.name, _sha256(path)))
        parts["shared"] += [(path.name, _sha256(path)) for path in sorted(folder.glob("*.toml"))]
    return {name: digest_of(part) for name, part in parts.items()}


def digest_of(data: Any) -> str:
    """sha256 of a value as JSON, hexadecimal."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def names_of(entry: Mapping[str, Any], language: str) -> str:
    """What a shared table calls a thing in a language, as a regular expression.

    English names are plain words that take a plural s, those of other languages regular expressions.
    """
    names = entry.get(language, ())
    return "|".join(re.escape(name) + "s?" if language == "en" else name for name in names) or "(?!)"


@cache
def unspaced(language: str, rules: Rules) -> bool:
    """Whether a language writes its words without spaces between them: `spaced = false` under its [passages]."""
    return not rules.languages.get(language, {}).get("passages", {}).get("spaced", True)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def load(overlay: Path | None = None) -> Rules:
    """The shipped rules with those of the folder `overlay` laid over them; RulesError names what cannot be used."""
    languages = {path.stem: _read(path) for path in sorted((HERE / "languages").glob("*.toml"))}
    shared = {path.stem: _read(path) for path in sorted(HERE.glob("*.toml"))}
    if overlay is not None:
        if not overlay.is_dir():
            raise RulesError(f"{overlay}: no such folder of rules; name a folder laid out like the shipped one")
        for path in sorted(overlay.glob("languages/*.toml")):
            languages[path.stem] = _merge(languages.get(path.stem, {}), _read(path))
        for path in sorted(overlay.glob("*.toml")):
            shared[path.stem] = _merge(shared.get(path.stem, {}), _read(path))
    spellings = {
        code: compiled(tables["spelling"], _stems(tables), f"languages/{code}.toml: [spelling]")
        for code, tables in languages.items()
        if "spelling" in tables
    }
    for code, spelling in spellings.items():
        languages[code] = {
            name: table if name in AS_PRINTED else _read_alike(table, spelling)
            for name, table in languages[code].items()
        }
        shared = {name: table if name in AS_PRINTED else _read_alike(table, spelling) for name, table in shared.items()}
    return Rules(languages, shared, digests(overlay), spellings)


AS_PRINTED = frozenset({"spelling", "sections", "indicators", "countries", "bodies"})
"""Tables whose words are looked for in the text itself, not in passages."""


def _stems(tables: Mapping[str, Any]) -> list[str]:
    """The words of a language that small words may be written together with."""
    tables = {name: tables.get(name, {}) for name in ("numbers", "dates", "articles", "instruments")}
    found = [word for key in ("ones", "tens", "scales") for word in tables["numbers"].get(key, ())]
    found += [word for key in ("months", "months_short") for word in tables["dates"].get(key, ())]
    found += tables["articles"].get("subunits", ())
    for name, key in (("articles", "units"), ("instruments", "heads")):
        found += [word for words in tables[name].get(key, {}).values() for word in words]
    return found


def _read_alike(value: Any, spelling: Spelling) -> Any:
    """A table with all its words as passages are read."""
    if isinstance(value, str):
        return spelling.word(value)
    if isinstance(value, Mapping):
        return {spelling.word(key): _read_alike(one, spelling) for key, one in value.items()}
    return [_read_alike(one, spelling) for one in value] if isinstance(value, list) else value


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulesError(f"{path}: not valid TOML: {error}") from error


def _merge(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in over.items():
        both = isinstance(value, Mapping) and isinstance(merged.get(key), Mapping)
        merged[key] = _merge(cast(Mapping[str, Any], merged[key]), value) if both else value
    return merged

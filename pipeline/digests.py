"""What facts hang on beside the report and the version: digests of rules and models."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from . import rules
from .options import Options

MODELS = Path(__file__).parent / "names" / "model"


def digests(options: Options) -> dict[str, str]:
    """sha256 of the rules shared by all languages, as "shared", and of each language's rules and model for names."""
    found = rules.digests(options.rules)
    if options.ner:
        for folder in sorted(MODELS.iterdir()):
            if folder.name in found:
                found[folder.name] = rules.digest_of([found[folder.name], _model(folder)])
    return found


def _model(folder: Path) -> list[tuple[str, str]]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [(path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()) for path in files]


def concerning(all_digests: Mapping[str, str], languages: Iterable[str]) -> dict[str, str | None]:
    """The digests that a report in these languages hangs on; None for a language that has no rules."""
    return {"shared": all_digests["shared"]} | {code: all_digests.get(code) for code in sorted(set(languages))}

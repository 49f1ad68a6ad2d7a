"""The recipe of the name models: fill the sentences, train a small spaCy NER, measure it, write it.

    python -m pipeline.names.train [en ru]

The sentences and lists of `sentences/` are filled by a seeded generator, one in eight with names that the
training never saw is kept for measuring. The model (hash embeddings of form, prefix, suffix and shape; a convolution of
width 64) and its scores go to `model/<language>/`.
"""

import itertools
import json
import random
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
import thinc.api
from spacy.training import Example

HERE = Path(__file__).parent
SEED = 20
COPIES = 40  # fillings of each sentence
EPOCHS = 12
SLOT = re.compile(r"\{(\w+)\}")
LABELS = {"place": "PLACE", "body": "BODY", "person": "PERSON"}
FORMS = {"place": 0, "place_in": 1, "place_of": 2, "body": 0, "body_of": 1, "body_by": 2}

Filled = tuple[str, list[tuple[int, int, str]]]

CONFIG = {
    "model": {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 48,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "spacy.MultiHashEmbed.v2",
                "width": 64,
                "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
                "rows": [1500, 500, 800, 500],
                "include_static_vectors": False,
            },
            "encode": {
                "@architectures": "spacy.MaxoutWindowEncoder.v2",
                "width": 64,
                "depth": 3,
                "window_size": 1,
                "maxout_pieces": 2,
            },
        },
    }
}


def fill(language: str, random_: random.Random, *, held_out: bool) -> Iterator[Filled]:
    """Sentences with their names as (start, end, label); the held-out ones use the names that training does not."""
    data = tomllib.loads((HERE / "sentences" / f"{language}.toml").read_text(encoding="utf-8"))
    lists = {name: _half(data[name], held_out) for name in ("places", "bodies", "first_names", "last_names")}
    lists |= {"fields": data["fields"], "laws": data["laws"]}
    for template, _ in itertools.product(data["sentences"], range(COPIES // 8 if held_out else COPIES)):
        text, names = "", []
        for i, part in enumerate(SLOT.split(template)):
            if i % 2 == 0:
                text += part
                continue
            words = _name(part, lists, random_)
            if (text and text[-1] in ".“") or not text:
                words = words[0].upper() + words[1:]
            label = LABELS.get(part.split("_")[0])
            if label:
                start = len(text) + (4 if words.lower().startswith("the ") else 0)
                names.append((start, len(text) + len(words), label))
            text += words
        yield text, names


def _half(names: list[str], held_out: bool) -> list[str]:
    return [name for i, name in enumerate(names) if (i % 5 == 4) == held_out]


def _name(slot: str, lists: dict[str, list[str]], random_: random.Random) -> str:
    match slot.split("_")[0]:
        case "place":
            return random_.choice(lists["places"]).split("|")[FORMS[slot] if "|" in lists["places"][0] else 0]
        case "body":
            name = random_.choice(lists["bodies"]).split("|")[FORMS[slot] if "|" in lists["bodies"][0] else 0]
            return SLOT.sub(lambda _: random_.choice(lists["fields"]), name)
        case "person":
            return f"{random_.choice(lists['first_names'])} {random_.choice(lists['last_names'])}"
        case "law":
            return random_.choice(lists["laws"])
        case "year":
            return str(random_.randint(1985, 2026))
        case "number":
            return random_.choice(
                [str(random_.randint(2, 99)), f"{random_.randint(1, 99)},{random_.randint(100, 999)}", "seven"]
            )
        case _:
            raise ValueError(f"no such slot: {slot}")


def train(language: str) -> dict[str, float]:
    """Train, measure and write the model of one language; its scores on held-out names."""
    thinc.api.fix_random_seed(SEED)
    random_ = random.Random(SEED)
    nlp = spacy.blank(language)
    ner = nlp.add_pipe("ner", config=CONFIG)
    for label in sorted(LABELS.values()):
        ner.add_label(label)  # type: ignore[attr-defined]
    examples = [_example(nlp, item) for item in fill(language, random_, held_out=False)]
    held_out = [_example(nlp, item) for item in fill(language, random_, held_out=True)]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(EPOCHS):
        random_.shuffle(examples)
        for start in range(0, len(examples), 64):
            nlp.update(examples[start : start + 64], sgd=optimizer, drop=0.25)
    scores = {
        name: round(value, 3)
        for name, value in nlp.evaluate(held_out).items()
        if name.startswith("ents_") and isinstance(value, float)
    }
    folder = HERE / "model" / language
    folder.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(folder)
    (folder / "scores.json").write_text(json.dumps(scores, indent=2) + "\n", encoding="utf-8")
    return scores


def _example(nlp: Any, item: Filled) -> Example:
    text, names = item
    return Example.from_dict(nlp.make_doc(text), {"entities": names})


if __name__ == "__main__":
    for code in sys.argv[1:] or ["en", "ru"]:
        print(code, train(code))

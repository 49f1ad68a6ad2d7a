"""README.md says what is so: its made parts, its commands, the files that it names."""

import re
import shlex

import click
import pytest

from pipeline.cli import main
from tests.readme import FILE, ROOT, render

TEXT = FILE.read_text(encoding="utf-8")
COMMANDS = [
    line.split("  #")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
    for line in block.splitlines()
]


def test_made_parts_are_those_of_their_sources():
    assert render(TEXT) == TEXT, "README.md has drifted from what it quotes; run `make readme`"


@pytest.mark.parametrize("line", [c for c in COMMANDS if c.startswith("reportfacts ")])
def test_commands_parse(line):
    words = shlex.split(line)[1:]
    command = main.commands[words[0]]
    command.make_context(words[0], words[1:], resilient_parsing=False)


def test_every_command_is_named():
    assert set(main.commands) <= {shlex.split(c)[1] for c in COMMANDS if c.startswith("reportfacts ")}


@pytest.mark.parametrize("line", [c for c in COMMANDS if c.startswith("make ")])
def test_make_targets_exist(line):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{line.split()[1]}:", makefile, re.MULTILINE)


def test_files_and_links_exist():
    named = re.findall(r"\]\(([^)#]+)\)", TEXT) + re.findall(
        r"`(pipeline/[\w./-]+|tests/[\w./-]+|corpus/[\w./-]+)`", TEXT
    )
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_help_names_every_option_with_words():
    for name, command in main.commands.items():
        for option in command.params:
            assert isinstance(option, click.Argument) or getattr(option, "help", None), f"{name}: {option.name}"

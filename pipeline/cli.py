"""The command line. No logic: each command turns its arguments into a call, and errors into one line and a code.

Heavy modules are imported where they are used, so that `--help` is there at once.
"""

import errno
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn, cast

import click

from .errors import NoRoomError, OutputError, ReportfactsError, RulesError, UsageError
from .version import VERSION

if TYPE_CHECKING:
    from .diff.model import Mode
    from .load.export import Form
    from .run import Request

INTERRUPTED = 130
TERMINATED = 143
GO_ON = "Run the same command again to go on from there."
WRONG_CALL = 2
KINDS = ("article", "penalty", "date", "figure", "indicator", "treaty_action", "recommendation")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="reportfacts")
def main() -> None:
    """Reports of the United Nations and the ITU as structured facts that can be checked.

    Exit codes: 0 all went well, 1 a report failed, 2 a wrong call, 130 interrupted.
    """


@contextmanager
def _errors_in_words(otherwise: int = 1) -> Iterator[None]:
    """Every error that we foresaw becomes one line; the code says whether the call or the work went wrong."""
    try:
        yield
    except NoRoomError as error:
        _stop(str(error), 1)
    except (UsageError, RulesError, OutputError) as error:
        _stop(str(error), WRONG_CALL)
    except ReportfactsError as error:
        _stop(str(error), otherwise)
    except OSError as error:
        if error.errno == errno.EPIPE:  # click's affair
            raise
        _stop(f"{error.filename or 'a file'}: {error.strerror or error}; see to it, then call again", otherwise)


def _open(path: Path, mode: str, option: str) -> IO[str]:
    try:
        return cast(IO[str], path.open(mode, encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}; choose another {option}") from error


def _stop(message: str, code: int) -> NoReturn:
    click.echo(f"reportfacts: {message}", err=True)
    raise SystemExit(code)


@main.command("run")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-o", "--output", required=True, metavar="DIR", help="Folder (or fsspec URL) for the records.")
@click.option("--workers", type=click.IntRange(1), help="Worker processes.  [default: one for each CPU]")
@click.option("--timeout", type=click.FloatRange(0.1), default=1800, show_default=True, help="Seconds for a report.")
@click.option("--memory", type=click.IntRange(100), default=4096, show_default=True, help="Megabytes for a worker.")
@click.option("--force", is_flag=True, help="Do all reports, also those that are done.")
@click.option("--explain", is_flag=True, help="Say of each report that is worked on why it is.")
@click.option("--prune", is_flag=True, help="Remove records whose report is not among the inputs.")
@click.option("--no-ner", is_flag=True, help="Rules alone, no model for names.")
@click.option("--rules", type=click.Path(path_type=Path), metavar="DIR", help="Rule data to lay over the shipped.")
@click.option("--timings", type=click.Path(path_type=Path), metavar="FILE", help="Write what the run cost, as JSON.")
@click.option("--log-file", type=click.Path(path_type=Path), metavar="FILE", help="Append one JSON line an event.")
@click.option(
    "--engine",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="Worker processes of this machine, or a dask cluster.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Of the dask cluster: tcp://host:8786.")
def run_command(
    paths: tuple[str, ...],
    output: str,
    workers: int | None,
    timeout: float,
    memory: int,
    force: bool,
    explain: bool,
    prune: bool,
    no_ner: bool,
    rules: Path | None,
    timings: Path | None,
    log_file: Path | None,
    engine: str,
    scheduler: str | None,
) -> None:
    """Extract the facts of all reports below the PATHs.

    For a report sub/a.pdf it writes DIR/sub/a.pdf.json (its record) and DIR/sub/a.pdf.txt (the text that all places
    count in), and for all inputs DIR/run.json: ok, failed or skipped, with the reason. Reports that are done are
    left alone: run the same again after an interruption, a crash, or a change of reports or rules.
    """
    from .options import Options
    from .run import Job, Limits, Request

    job = Job(output, Options(ner=not no_ner, rules=rules), Limits(timeout, memory))
    request = Request(paths, job, workers or 0, force, prune, "dask" if engine == "dask" else "local", scheduler)
    with _errors_in_words():
        raise SystemExit(_run(request, explain, timings, log_file))


@main.command("score")
@click.argument("records", type=click.Path(path_type=Path))
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("-v", "--verbose", is_flag=True, help="List every fact missed (-), false (+), or found with a wrong tie.")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
def score_command(records: Path, gold: Path, verbose: bool, as_json: bool) -> None:
    """Precision, recall and F1 by kind of the RECORDS against the GOLD.

    Both are folders, searched through, or single files; a record belongs to the gold of the same source.
    """
    import json

    from . import evaluate

    with _errors_in_words():
        scores = evaluate.score(records, gold)
        for name, source in scores.missing:
            click.echo(f"no record for {name} (source {source})", err=True)
        if as_json:
            click.echo(json.dumps(evaluate.as_json(scores), indent=1))
        else:
            for line in evaluate.lines(scores, verbose=verbose):
                click.echo(line)


@main.command("show")
@click.argument("report", type=click.Path(path_type=Path))
@click.option("--kind", "kinds", multiple=True, metavar="KIND", type=click.Choice(KINDS), help="Only facts of KIND.")
@click.option("--json", "as_json", is_flag=True, help="The facts as in the record, as JSON.")
@click.option("--no-ner", is_flag=True, help="Rules alone, no model for names.")
@click.option("--rules", type=click.Path(path_type=Path), metavar="DIR", help="Rule data to lay over the shipped.")
def show_command(report: Path, kinds: tuple[str, ...], as_json: bool, no_ner: bool, rules: Path | None) -> None:
    """Show the facts of one REPORT (or of a record of it) as a table, by section."""
    from rich.console import Console

    from . import show

    with _errors_in_words():
        record = show.record_of(report, ner=not no_ner, rules=rules)
        facts = show.facts_of(record, kinds)
        if as_json:
            click.echo(show.as_json(facts))
        else:
            show.show(record, facts, Console(width=None if sys.stdout.isatty() else 160))


@main.command("schema")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default="schemas",
    show_default=True,
    metavar="DIR",
    help="Folder to write to.",
)
def schema_command(output: Path) -> None:
    """Write the JSON Schemas of records, diffs and run.json into DIR."""
    from . import schema

    with _errors_in_words():
        for path in schema.write(output):
            click.echo(path)


@main.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path), required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="Lines for people, JSON for programs, or one self-contained page.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write there, not to the screen.")
@click.option(
    "--mode",
    type=click.Choice(["versions", "cycle", "languages"]),
    help="Two versions of a text, two reports of a cycle, or two languages.  [default: told from the texts]",
)
@click.option("--between", nargs=2, metavar="LANG LANG", help="Compare the facts of OLD in two of its languages.")
@click.option(
    "--source",
    "sources",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where to look for the reports of records that another version made.",
)
@click.option("--no-ner", is_flag=True, help="Rules alone, no model for names.")
@click.option("--rules", type=click.Path(path_type=Path), metavar="DIR", help="Rule data to lay over the shipped.")
def diff_command(
    old: Path,
    new: Path | None,
    form: str,
    output: Path | None,
    mode: "Mode | None",
    between: tuple[str, str] | None,
    sources: tuple[Path, ...],
    no_ner: bool,
    rules: Path | None,
) -> None:
    """Say which facts changed from OLD to NEW: reports, records, or folders of either.

    Exit code 0 if no fact was changed, added or removed, 1 if some were, 2 for an error.
    """
    from .diff import sides
    from .diff.forms import rendered
    from .options import Options

    options = Options(ner=not no_ner, rules=rules)
    with _errors_in_words(otherwise=WRONG_CALL):
        if between is None and new is None:
            raise UsageError("diff: give OLD and NEW, or one report and --between with two of its languages")
        if between is not None and new is not None:
            raise UsageError("diff: --between compares the languages of one report; leave NEW out")
        found = (
            sides.between(old, between, options)
            if between is not None
            else sides.diff(old, cast(Path, new), options, sources, mode)
        )
        said = rendered(found, form)
        if output is None:
            click.echo(said, nl=False)
        else:
            _write(output, click.unstyle(said))
    for file in found.unread:
        if file.failed:
            click.echo(f"reportfacts: {file.side} {file.name}: {file.reason}", err=True)
    raise SystemExit(WRONG_CALL if found.failed else int(found.differs))


@main.command("load")
@click.argument("records", required=False)
@click.argument("url", required=False)
@click.option("--schema-only", is_flag=True, help="Make or migrate the tables, load nothing: load --schema-only URL.")
@click.option("--dry-run", is_flag=True, help="Say what would be inserted, updated and retired; write nothing.")
def load_command(records: str | None, url: str | None, schema_only: bool, dry_run: bool) -> None:
    """Load RECORDS (a folder that `run` wrote) into the database URL.

    URL is sqlite:///FILE (default: sqlite:///facts.db), postgresql://USER@HOST/NAME, duckdb:///FILE or parquet:DIR.
    Loading again changes only what changed: rows that a record has no more are retired, not deleted.
    """
    from . import load

    with _errors_in_words(otherwise=WRONG_CALL):
        if schema_only:
            load.prepare(url or records or load.DEFAULT_URL)
            return
        if records is None:
            raise UsageError("load: give the folder of records that `reportfacts run` wrote")
        try:
            done = load.load(Path(records), url or load.DEFAULT_URL, dry_run=dry_run)
        except KeyboardInterrupt:
            _stop("interrupted; every report is there as before or as new, load again for the rest", INTERRUPTED)
    for line in load.lines(done):
        click.echo(line)
    raise SystemExit(1 if done.refused else 0)


@main.command("export")
@click.argument("records", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["csv", "jsonl"]), default="csv", show_default=True, help="Of the files."
)
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder to write to."
)
def export_command(records: Path, form: "Form", output: Path) -> None:
    """Write RECORDS as one CSV or JSON Lines file for each table of the database."""
    from .load.export import export, lines

    with _errors_in_words(otherwise=WRONG_CALL):
        done = export(records, output, form)
    for line in lines(done):
        click.echo(line)
    raise SystemExit(1 if done.refused else 0)


def _write(path: Path, said: str) -> None:
    """A file whole or not at all."""
    draft = path.with_name(f".{path.name}.tmp")
    try:
        draft.write_text(said, encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}; choose another file") from error


def _run(request: "Request", explain: bool, timings: Path | None, log_file: Path | None) -> int:
    """Run with screen and log; the exit code."""
    from rich.console import Console

    from .run import run
    from .run.interrupts import listen
    from .run.report import dump
    from .run.report import timings as cost
    from .run.screen import Both, Log, Screen, show

    progress, out = Console(stderr=True), Console(width=None if sys.stdout.isatty() else 160)
    with ExitStack() as stack:
        screen = Screen(progress, explain)
        stack.callback(screen.end)
        log = Log(stack.enter_context(_open(log_file, "a", "--log-file"))) if log_file else None
        if timings:
            _open(timings, "a", "--timings").close()  # told now, not after hours
        listen()
        try:
            summary = run(request, Both(screen, log) if log else screen)
        except KeyboardInterrupt as interrupt:
            if log:
                log.end("interrupted")
            screen.end()
            click.echo(f"reportfacts: interrupted; {screen.finished} inputs are done. {GO_ON}", err=True)
            return TERMINATED if interrupt.args == (signal.SIGTERM,) else INTERRUPTED
        if log:
            log.end("done")
    show(summary, out)
    if timings:
        with _open(timings, "w", "--timings") as file:
            file.write(dump(cost(summary)).decode())
    return 1 if summary.statuses["failed"] else 0

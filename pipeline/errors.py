"""Errors that a user can act on. Each message names the file, the place and the remedy.

`ReportfactsError` is the root; the command line turns it into one line and an exit code, once, in `pipeline.cli`.
"""


class ReportfactsError(Exception):
    """Root of all errors that reportfacts raises on purpose."""


class ReadError(ReportfactsError):
    """A report cannot be read: empty, encrypted, damaged, of an unknown format."""


class NotAReport(ReadError):
    """The file is of a kind that is no report (an image, an archive, a program); a run lists it as skipped."""


class MissingProgram(ReadError):
    """A report needs a program (an OCR engine, a converter) that is not installed; the message names its package."""


class RulesError(ReportfactsError):
    """Rule data that cannot be used: the message names the file, the table and the entry."""


class RecordError(ReportfactsError):
    """A record that breaks its schema, or a quote that is not the text at its offsets: a bug, never output."""


class OutputError(ReportfactsError):
    """An output that cannot be written, or that another run holds."""


class NoRoomError(OutputError):
    """The output takes nothing more (disk full, read-only): the run ends, what is written stands."""


class UsageError(ReportfactsError):
    """A call that cannot be meant: the message says which argument and what would be right."""

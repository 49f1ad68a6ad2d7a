"""What an output folder holds: names relative to it."""

STATE = ".reportfacts"
"""The run's own folder: lock, journal, outcomes, files in the making."""
RECORD, TEXT, LEDGER = ".json", ".txt", ".unexplained.jsonl"
"""What a report `a.pdf` gives: its record `a.pdf.json`, and so on."""

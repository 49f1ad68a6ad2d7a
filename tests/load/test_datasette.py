"""datasette opens what a load wrote, with the metadata that the package ships."""

import json
import shutil
import sqlite3

import pytest
from PIL import Image

from pipeline.load import load
from pipeline.load.schema import TABLES, VIEWS

from .browser import METADATA, PLOTTED, datasette, dom, picture
from .build import all_kinds, figure, record, write

META = json.loads(METADATA.read_text(encoding="utf-8"))["databases"]["facts"]["tables"]


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    folder = tmp_path_factory.mktemp("datasette")
    figures = [figure(f"figure-{n}", 10.0 * n, period=f"201{n}") for n in range(5)]
    load(write(folder / "records", record(facts=[*all_kinds(), *figures])), f"sqlite:///{folder}/facts.db")
    return folder / "facts.db"


def test_metadata_tells_every_table_view_and_column(database):
    connection = sqlite3.connect(database)
    assert set(META) == {*(table.name for table in TABLES), *VIEWS}
    for name, told in META.items():
        columns = {row[1] for row in connection.execute(f"PRAGMA table_info({name})")}
        assert told["title"]
        named = {*told["columns"], *told.get("facets", ()), *told.get("units", ())}
        assert named <= columns, name
        if name not in VIEWS:
            assert set(told["columns"]) == columns and all(told["columns"].values()), name
        else:
            assert told["description"] and told["facets"]


@pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium here; Debian: apt-get install chromium")
def test_facts_can_be_browsed_filtered_and_plotted(database, tmp_path):
    with datasette(database) as address:
        front = dom(address, tmp_path)
        assert all(f"/facts/{name}" in front for name in VIEWS)
        page = dom(f"{address}/penalties_by_article?sanction=imprisonment", tmp_path)
        assert "Penalties by article" in page and "Penal Code" in page and "theft" in page
        assert 'data-facet-value="imprisonment"' in page or "facet-results" in page
        assert "in its currency" in page, "what a column means"
        assert "kB" in dom(f"{address}/report_versions", tmp_path), "bytes with their unit"
        plotted = dom(f"{address}/{PLOTTED}", tmp_path)
        assert "vega-embed" in plotted and ("<canvas" in plotted or "<svg" in plotted)
        picture(f"{address}/{PLOTTED}", tmp_path, tmp_path / "shot.png")
    with Image.open(tmp_path / "shot.png") as shot:
        assert len(set(shot.convert("RGB").resize((50, 75)).tobytes())) > 50, "an empty page"

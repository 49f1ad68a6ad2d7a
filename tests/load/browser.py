"""datasette over a database, and headless Chromium looking at it. `python -m tests.load.browser` writes the picture."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from pipeline.load import load

ROOT = Path(__file__).resolve().parents[2]
METADATA = ROOT / "pipeline" / "load" / "datasette.json"
PICTURE = ROOT / "tests" / "pictures" / "datasette.png"
CHART = "g.mark=circle&g.x_column=period_earliest&g.x_type=temporal&g.y_column=value&g.y_type=quantitative"
PLOTTED = f"figures_over_time?unit=percent&period__notnull=1#{CHART}"


@contextmanager
def datasette(database: Path) -> Iterator[str]:
    """The address of a datasette over `facts.db`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", str(database), "--metadata", str(METADATA)]
    log = database.with_suffix(".log").open("w")
    process = subprocess.Popen([*command, "--port", str(port)], stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        yield f"{address}/facts"
    finally:
        process.terminate()
        process.wait()
        log.close()


def _wait(address: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def chromium(profile: Path, *args: str) -> str:
    """What Chromium prints."""
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", *quiet, f"--user-data-dir={profile}"]
    options = [*command, "--hide-scrollbars", "--virtual-time-budget=10000", *args]
    env = {**os.environ, "HOME": str(profile)}
    return subprocess.run(options, capture_output=True, text=True, timeout=120, check=True, env=env).stdout


def dom(address: str, profile: Path) -> str:
    """The page as the browser made it, its scripts run."""
    return chromium(profile, "--dump-dom", address)


def picture(address: str, profile: Path, target: Path, size: str = "1000,1720") -> None:
    chromium(profile, f"--window-size={size}", f"--screenshot={target}", address)


def main() -> None:
    """The picture in the README: figures of corpus/ over time."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        load(ROOT / "outputs", f"sqlite:///{folder}/facts.db")
        with datasette(folder / "facts.db") as address:
            picture(f"{address}/{PLOTTED}", folder, folder / "shot.png")
        PICTURE.parent.mkdir(exist_ok=True)
        Image.open(folder / "shot.png").convert("RGB").quantize(64).save(PICTURE, optimize=True)


if __name__ == "__main__":
    main()

"""A real PostgreSQL for the tests: a cluster of its own in a new folder, gone when they are done."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SERVER = "Debian: apt-get install postgresql"


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`; None where there is no server. The newest of several."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def server() -> Iterator[str]:
    """The URL of a running server with user `loader`, password `pw-of-the-loader`, and database `postgres`."""
    folder = Path(tempfile.mkdtemp(prefix="reportfacts-pg-"))
    bin_folder = programs()
    if bin_folder is None:
        raise FileNotFoundError(f"no PostgreSQL server here; {SERVER}")
    user = "nobody" if os.geteuid() == 0 else None  # the server refuses to run as root
    if user:
        shutil.chown(folder, user)
    password = folder / "password"
    password.write_text("pw-of-the-loader")
    password.chmod(0o644)
    port = _free_port()

    def call(program: str, *args: str) -> None:
        command = [str(bin_folder / program), "-D", str(folder / "data"), *args]
        done = subprocess.run(command, user=user, cwd=folder, capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")

    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=20"
    try:
        call("initdb", "-U", "loader", "-A", "scram-sha-256", f"--pwfile={password}", "-E", "UTF8", "--no-locale")
        # Its output goes to a file: a server that keeps our pipe open would keep us waiting for its end.
        call("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
        yield f"postgresql://loader:pw-of-the-loader@127.0.0.1:{port}/postgres"
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            call("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])

"""The same bytes from a cluster, also where one of its workers dies; reports and outputs in an object store."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .conftest import MISBEHAVE, ROOT, Run, files, listed
from .test_resume import popen, slow, until

distributed = pytest.importorskip("distributed", reason="the cluster extra is not installed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Three worker processes on this machine, with the misbehaving reader in place."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = f"{MISBEHAVE}{os.pathsep}{ROOT}"
    with distributed.LocalCluster(
        n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs="ERROR"
    ) as started:
        yield started
    if before is None:
        del os.environ["PYTHONPATH"]
    else:
        os.environ["PYTHONPATH"] = before


def test_the_same_bytes_though_a_worker_dies(cluster: Any, reports: Path, tmp_path: Path, run: Run) -> None:
    slow(reports, 0.5)
    out = tmp_path / "out"
    process: subprocess.Popen[str] = popen(reports, out, "--engine", "dask", "--scheduler", cluster.scheduler_address)
    until(lambda: len(list(out.rglob("report*.json"))) >= 2, 90)
    os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
    _, said = process.communicate(timeout=180)
    assert process.returncode == 0, said
    run(reports, tmp_path / "local")
    assert files(out) == files(tmp_path / "local")


def test_isolation_and_resuming_on_a_cluster(cluster: Any, reports: Path, tmp_path: Path, run: Run) -> None:
    for order in ("CRASH", "HANG", "EAT"):
        (reports / f"{order.lower()}.txt").write_text(f"%{order}\n")
    flags = ("--engine", "dask", "--scheduler", cluster.scheduler_address, "--timeout", 6, "--memory", 400)
    done = run(reports, tmp_path / "out", *flags)
    assert done.returncode == 1, done.stderr
    failed = {name: e["cause"] for name, e in listed(tmp_path / "out").items() if e["status"] == "failed"}
    assert failed == {"crash.txt": "crash", "hang.txt": "timeout", "eat.txt": "memory"}
    began = time.monotonic()
    again = run(reports, tmp_path / "out", *flags)
    assert "(16 as before)" in again.stdout and time.monotonic() - began < 60
    run(reports, tmp_path / "local", "--timeout", 6, "--memory", 400)
    assert files(tmp_path / "out") == files(tmp_path / "local")


def test_a_cluster_that_is_not_there(reports: Path, tmp_path: Path, run: Run) -> None:
    done = run(reports, tmp_path / "out", "--engine", "dask")
    assert done.returncode == 2 and "--scheduler" in done.stderr


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An S3 server on loopback (moto's, over HTTP), with one empty bucket."""
    server_module = pytest.importorskip("moto.server", reason="moto is not installed")
    server = server_module.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    settings = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()
    system = s3fs.S3FileSystem()
    system.mkdir("bucket")
    yield system
    server.stop()


def test_reports_and_outputs_in_an_object_store(
    bucket: Any, reports: Path, tmp_path: Path, run: Run, program: Any
) -> None:
    (reports / "empty.txt").write_bytes(b"")
    bucket.put(str(reports), "bucket/in", recursive=True)
    env = {"PYTHONPATH": f"{MISBEHAVE}{os.pathsep}{ROOT}", "READ_TRACE": str(tmp_path / "trace")}
    call = ("run", "s3://bucket/in", "-o", "s3://bucket/out", "--no-ner")
    done = program(*call, env=env)
    assert done.returncode == 1, done.stderr
    bucket.invalidate_cache()
    bucket.get("bucket/out/", str(tmp_path / "out"), recursive=True)
    run(reports, tmp_path / "local")
    assert files(tmp_path / "out") == files(tmp_path / "local")
    assert not bucket.exists("bucket/out/.reportfacts/lock")
    (tmp_path / "trace").unlink()
    assert "(14 as before)" in program(*call, env=env).stdout
    assert not (tmp_path / "trace").exists(), "what is done is not read again"
    bucket.pipe("bucket/out/.reportfacts/lock", b'{"pid": 1, "host": "elsewhere", "since": "today"}')
    refused = program(*call, env=env)
    assert refused.returncode == 2 and "process 1 on elsewhere" in refused.stderr


def test_file_urls_are_paths(reports: Path, tmp_path: Path, program: Any) -> None:
    done = program("run", f"file://{reports}", "-o", f"file://{tmp_path}/out", "--no-ner")
    assert done.returncode == 0 and (tmp_path / "out/report2.txt.json").exists()

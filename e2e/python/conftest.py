"""Where the demo is, and how to ask Kith about it.

KITH_DEMO_DIR   a demo folder that `kith demo` has finished
KITH            the launcher; with it and without KITH_DEMO_DIR, a demo is made in a temporary folder
KITH_AS_OF      the instant that the demo was run for, if not the default (2011-06-01T00:00:00+01:00)
"""

import json
import os
import subprocess
from datetime import datetime
from pathlib import Path

import pyarrow.parquet
import pytest

from oracle import Oracle

ROOT = Path(__file__).resolve().parents[2]


class Kith:
    """Kith's command in a project folder."""

    def __init__(self, launcher: Path, project: Path):
        self.launcher = launcher
        self.project = project

    def run(self, *arguments: str) -> str:
        command = [str(self.launcher), *arguments]
        done = subprocess.run(command, cwd=self.project, capture_output=True, text=True)
        if done.returncode != 0:
            pytest.fail(
                f"{' '.join(command)}\nexit code {done.returncode}\n{done.stdout}\n{done.stderr}",
                pytrace=False,
            )
        return done.stdout

    def query(self, sql: str) -> list[dict]:
        """Rows by way of JSON: an array, or an object per line."""
        text = self.run("query", sql, "--format", "json").strip()
        if text.startswith("["):
            return json.loads(text)
        return [json.loads(line) for line in text.splitlines()]

    def table(self, sql: str, file: Path) -> pyarrow.Table:
        """Rows by way of Parquet: with their exact types."""
        self.run("query", sql, "--format", "parquet", "--output", str(file))
        return pyarrow.parquet.read_table(file)


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Path:
    given = os.environ.get("KITH_DEMO_DIR")
    if given:
        return Path(given).resolve()
    launcher = os.environ.get("KITH")
    if not launcher:
        pytest.skip("no demo: set KITH_DEMO_DIR to one that has run, or KITH to the launcher")
    folder = tmp_path_factory.mktemp("retail")
    Kith(Path(launcher).resolve(), folder).run("demo")
    return folder / "kith-demo"


@pytest.fixture(scope="session")
def kith(demo) -> Kith:
    return Kith(Path(os.environ.get("KITH", ROOT / "kith")).resolve(), demo)


@pytest.fixture(scope="session")
def oracle(demo) -> Oracle:
    as_of = os.environ.get("KITH_AS_OF")
    return Oracle(demo, datetime.fromisoformat(as_of) if as_of else None)

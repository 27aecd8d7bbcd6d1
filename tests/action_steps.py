"""The steps of action.yml, run as GitHub's runner does."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from conftest import ROOT

BIN = Path(sys.executable).parent


def run(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env={"PATH": f"{BIN}:{os.environ['PATH']}", "HOME": str(folder), "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def action() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))


def run_step(
    step: dict[str, Any], workspace: Path, runner: dict[str, str], **inputs: str
) -> subprocess.CompletedProcess[str]:
    """A step as a runner does it (bash --noprofile --norc -eo pipefail), with the inputs' defaults."""
    given = {name: str(entry["default"]) for name, entry in action()["inputs"].items()} | inputs
    environment = {
        name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda found: given[found[1]], value)
        for name, value in step["env"].items()
    }
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return run(workspace, *shell, **runner, **environment)

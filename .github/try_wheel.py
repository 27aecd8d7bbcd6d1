"""Try a wheel as users get it: install it with its dependencies into an environment of its own, begin a project, check and
build it.

    python .github/try_wheel.py dist/imagedocs-0.1.0-py3-none-any.whl

Exit status: 0 if everything works as it should.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

IMAGE = 'images:\n  - id: web\n    repository: team/web\n    tag: "1.0"\n'
UNKNOWN = "catalog/images.yaml:14:17: warning: image-repository-unknown: ghcr.io/team/web is not known yet"
RECORD = """{"version": 1, "repositories": {
 "ghcr.io/team/web": {
  "1.0": {"seen": [{"date": "2026-01-31", "source": "team/web@0123456789"}]}
 }
}}
"""


def run(folder: Path, *command: str | Path, expected: int = 0) -> str:
    """Run a command in `folder`, and return what it prints. Exits if it doesn't end with the expected status."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    print("$", *command, flush=True)
    result = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment | {"PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if result.returncode != expected:
        sys.exit(f"exit status {result.returncode} instead of {expected}\n{result.stdout}{result.stderr}")
    return result.stdout + result.stderr


def want(text: str, printed: str) -> None:
    if text not in printed:
        sys.exit(f"this is not there: {text}\n{printed}")


def main(wheel: Path) -> None:
    version = wheel.name.split("-")[1]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(folder, sys.executable, "-m", "venv", "env")
        programs = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
        pip = (programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        run(folder, *pip, wheel.resolve())
        want(f"imagedocs, version {version}\n", run(folder, programs / "imagedocs", "--version"))
        run(folder, programs / "imagedocs", "init", "team", "--registry", "ghcr.io")
        project = folder / "team"
        catalog = project / "catalog/images.yaml"
        text = catalog.read_text("utf-8").replace("images: []\n", IMAGE)
        catalog.write_text(text, "utf-8", newline="\n")
        want(UNKNOWN, run(project, programs / "imagedocs", "check", expected=1))
        (project / "catalog/registry.json").write_text(RECORD, "utf-8", newline="\n")
        run(project, programs / "imagedocs", "check")
        run(project, programs / "mkdocs", "build", "--strict")
        want("ghcr.io/team/web:1.0", (project / "site/index.html").read_text("utf-8"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

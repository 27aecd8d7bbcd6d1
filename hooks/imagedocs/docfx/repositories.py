"""Repositories whose files pages may show as code: `~/examples-main/cli/run.sh`.

`.openpublishing.publish.config.json` names them (`dependent_repositories`, `path_to_root`); each lies in the
project's folder, checked out there or as a submodule.
"""

from imagedocs.docfx.files import read_tree
from imagedocs.findings import Findings
from imagedocs.markdown.sources import Source
from imagedocs.problems import Problem, Rule
from imagedocs.suggestions import shown
from imagedocs.yaml.fields import root_fields

NAME = ".openpublishing.publish.config.json"
_OURS = frozenset({"catalog", "docs", "hooks", "includes", "locales"})


def read_repositories(source: Source) -> tuple[frozenset[str], tuple[Problem, ...]]:
    """Names of folders, and what is wrong with the file."""
    root, problems = read_tree(source)
    findings = Findings(source.path)
    fields = root_fields(root, findings)
    names: set[str] = set()
    for repository in fields.mappings("dependent_repositories") if fields else ():
        name = repository.text("path_to_root")
        if not name or name in _OURS or name.startswith(".") or not set(name).isdisjoint("/\\\0"):
            if name:
                message = f"{shown(name)} is no folder for another repository"
                findings.add(repository.at("path_to_root"), Rule.WRONG_TYPE, message, "write one name")
        else:
            names.add(name)
    return frozenset(names), (*problems, *findings.sorted())

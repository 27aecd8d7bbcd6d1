"""Names of retired rules: settings, ignores and baselines may still have them, and their pages lead on."""

import json
import re
from pathlib import Path

from imagedocs.commands.printing import without_known, write_known
from imagedocs.problems import Position, Problem, Rule
from imagedocs.project.settings import load_settings
from imagedocs.retired import RETIRED
from rule_pages import PAGES
from small_project import CONFIG, problems_of, small_project

NOTE = "the rule html-link was retired in version 0.1.0, and nothing is looked for by it; remove it"


def test_a_retired_rule_is_no_rule_and_its_page_leads_to_the_list() -> None:
    assert RETIRED.keys().isdisjoint(rule.label for rule in Rule)
    moved = json.loads((PAGES.parent / ".openpublishing.redirection.json").read_text("utf-8"))
    target = "retired-rule.md#retired-rules"
    assert {entry["source_path"]: entry["redirect_url"] for entry in moved["redirections"]} == {
        f"rules/{name}.md": target for name in RETIRED
    }
    listed = (PAGES / "retired-rule.md").read_text("utf-8").partition("## Retired rules")[2]
    assert set(re.findall(r"`([a-z0-9-]+)`", listed)) == RETIRED.keys()


def test_settings_may_name_one(tmp_path: Path) -> None:
    own = "extra:\n  imagedocs:\n    rules:\n      html-link: error\n      heading-empty: warning\n"
    own += "    publisher:\n      site: https://learn.example\n"
    files = {
        "mkdocs.yml": re.sub(r"(?ms)^extra:\n(?: .*\n)+", "", CONFIG) + own,
        "docs/en/x.md": "# X\n\n## \n\nText.\n",
    }
    folder = small_project(tmp_path, files)
    line = files["mkdocs.yml"].splitlines().index("      html-link: error") + 1
    assert problems_of(folder, suggestions=True) == [
        "docs/en/x.md:3:4: warning: heading-empty: the heading is empty",
        f"mkdocs.yml:{line}:7: suggestion: retired-rule: {NOTE}",
    ]
    assert load_settings(folder).publisher.site == "https://learn.example"


def test_ignores_may_name_one(tmp_path: Path) -> None:
    text = '# X\n\n<!-- imagedocs-ignore html-link, broken-link: soon -->\n[a](soon.md) <a href="index.md">b</a>\n'
    folder = small_project(tmp_path, {"docs/en/x.md": text})
    assert problems_of(folder, suggestions=True) == [f"docs/en/x.md:3:23: suggestion: retired-rule: {NOTE}"]


def test_baselines_may_have_many_entries_of_one(tmp_path: Path) -> None:
    old = [
        {"path": f"docs/en/{name}.md", "rule": "html-link", "message": "m", "text": "", "count": 1}
        for name in "ab"
    ]
    file = tmp_path / "known.json"
    file.write_text(json.dumps({"version": 1, "problems": old}, indent=1), "utf-8")
    known = Problem(Position("docs/en/c.md", 1), Rule.HEADING_EMPTY, "the heading is empty")
    found = without_known([known], file, tmp_path, lambda _path, _rule: True)
    assert [str(problem) for problem in found.left] == [
        str(known),
        f"known.json:4:3: suggestion: retired-rule: {NOTE}",
    ]
    write_known([known], file, tmp_path, lambda _path, _rule: True)
    assert [entry["rule"] for entry in json.loads(file.read_text("utf-8"))["problems"]] == ["heading-empty"]
    assert without_known([known], file, tmp_path, lambda _path, _rule: True).left == ()

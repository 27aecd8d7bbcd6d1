"""Events of the catalog and the record: which there are, on which day, with which id, and what is said of them."""

from datetime import date
from pathlib import Path

import pytest

from imagedocs.catalog import Catalog, load_catalog
from imagedocs.locales import Formats, Messages
from imagedocs.project import Project
from imagedocs.publishing.event_texts import event_text
from imagedocs.publishing.events import Event, EventKind, events, list_days
from imagedocs.registry.manifest import Manifest, load_manifest

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 5, 1)
CATALOG = """\
version: 2
registry: registry.example.com
columns: [python]
support: {months: 6, older_than: latest, since: 2025-01-01, source: the policy}
images:
  - id: web
    repository: team/web
    tag: latest
    python: "3.12"
    status: supported
    listed: {from: 2025-03-01}
    known_issues:
      - {tags: [20260105.v1, 20260106.v1], text: It doesn't start., since: 2026-01-10, fixed_in: 20260110.v1, source: a report}
      - {tag: 20260105.v1, text: It leaks., since: 2026-01-10, source: another report}
      - {tag: 20260110.v1, text: It is slow., since: 2026-06-01, source: a report}
  - id: old
    repository: team/old
    tag: "1"
    python: "3.9"
    status: removed
    listed: {from: 2024-01-01, until: 2025-03-01}
    replacement: web
    sources: {listed: the minutes of March}
  - id: next
    repository: team/next
    tag: "1"
    python: "3.9"
    status: supported
    support: {until: 2026-09-01, source: the contract}
    listed: {from: 2025-03-01, until: 2026-12-01}
  - id: other
    repository: team/web
    tag: "9"
    python: "3.12"
    status: supported
  - {id: draft, repository: team/draft, tag: "1", python: "3.9", status: removed, listed: {from: 2025-02-02, until: 2025-02-02}}
"""
RECORD = """\
{"version": 1, "repositories": {
 "registry.example.com/team/web": {
  "20260110.v1": {"seen": [{"date": "2026-01-11", "source": "registry"}]},
  "20240101.v1": {"seen": [{"date": "2026-01-11", "source": "registry"}]},
  "20260502.v1": {"seen": [{"date": "2026-05-02", "source": "registry"}]},
  "9": {"eol": "2026-04-01", "seen": [{"date": "2026-01-11", "source": "registry"}]},
  "7": {"gone": "2026-02-02"},
  "6": {"gone": "never-seen"},
  "latest": {"seen": [{"date": "2026-01-11", "source": "registry"}]}
 }
}}
"""


def read() -> tuple[Catalog, Manifest]:
    catalog, problems = load_catalog("catalog/images.yaml", CATALOG)
    manifest, others = load_manifest("catalog/registry.json", RECORD)
    assert (problems, others) == ((), ())
    assert manifest is not None
    return catalog, manifest


def text(event: Event) -> str:
    return event_text(event, Messages(), Formats("en"), lambda image, tag: image.id + tag)


def test_what_happened_is_there_by_day_with_its_source() -> None:
    catalog, manifest = read()
    assert [(event.id, text(event), event.source) for event in events(catalog, manifest, TODAY)] == [
        ("other/end-of-life/2026-04-01/9", "End of life, according to the registry: other:9.", "registry"),
        ("web/tag-missing/2026-02-02/7", "Found missing in the registry: web:7.", "registry"),
        ("other/tag-missing/2026-02-02/7", "Found missing in the registry: other:7.", "registry"),
        (
            "web/known-issue/2026-01-10/20260105.v1",
            "Known issue: web. Don't use 20260105.v1 and 20260106.v1. It doesn't start. Fixed in 20260110.v1.",
            "a report",
        ),
        ("web/known-issue/2026-01-10/20260105.v1/2", "Known issue: web. Don't use 20260105.v1. It leaks.", "another report"),
        ("web/listed/2025-03-01", "Added: web.", ""),
        ("next/listed/2025-03-01", "Added: next.", ""),
        ("old/withdrawn/2025-03-01", "Withdrawn: old. Use web instead.", "the minutes of March"),
        ("old/listed/2024-01-01", "Added: old.", "the minutes of March"),
    ]  # fmt: skip


def test_what_is_due_comes_from_the_same_function() -> None:
    catalog, manifest = read()
    due = [
        event for event in events(catalog, manifest, TODAY, date(2026, 12, 31)) if event.is_upcoming(TODAY)
    ]
    assert [(event.id, text(event), event.source) for event in due] == [
        ("next/withdrawn/2026-12-01", "Withdrawn: next.", ""),
        ("next/support-ends/2026-09-01", "No longer supported: next.", "the contract"),
        ("web/support-may-end/2026-07-11/20260110.v1", "Support no longer certain: web:20260110.v1.", "the policy"),
        ("other/support-may-end/2026-07-11/20260110.v1", "Support no longer certain: other:20260110.v1.", "the policy"),
    ]  # fmt: skip
    assert events(catalog, manifest, TODAY, date(2026, 8, 1))[-1:] == events(catalog, manifest, TODAY)[-1:]
    assert not any(
        event.day > date(2026, 8, 1) for event in events(catalog, manifest, TODAY, date(2026, 8, 1))
    )


def test_what_became_known_later_is_no_event() -> None:
    catalog, manifest = read()
    early = events(catalog, manifest, date(2026, 1, 5), date(2027, 1, 1))
    assert {event.kind for event in early} == {
        EventKind.LISTED, EventKind.WITHDRAWN, EventKind.SUPPORT_ENDS
    }  # fmt: skip
    assert events(catalog, manifest, date(2023, 1, 1)) == ()
    assert not {event.kind for event in events(catalog, None, TODAY)} & {
        EventKind.END_OF_LIFE, EventKind.TAG_MISSING, EventKind.SUPPORT_MAY_END
    }  # fmt: skip


def test_an_id_depends_on_no_text() -> None:
    catalog, manifest = read()
    reworded, _ = load_catalog("catalog/images.yaml", CATALOG.replace("It leaks.", "It loses memory."))
    assert [each.id for each in events(catalog, manifest, TODAY)] == [
        each.id for each in events(reworded, manifest, TODAY)
    ]
    ours = Project.load(ROOT, date(2026, 11, 30))
    ids = [each.id for each in events(ours.catalog, ours.manifest, ours.as_of, date(2028, 1, 1))]
    assert len(ids) == len(set(ids)) > 30


def test_days_of_the_list() -> None:
    catalog, _ = read()
    assert list_days(catalog, TODAY) == (date(2025, 3, 1), date(2024, 1, 1))


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("es", "Retirada: minimal-ubuntu18.04-py37-cpu-inference. Use minimal-ubuntu22.04-py39-cpu-inference en su lugar."),
        ("ja", "提供終了: minimal-ubuntu18.04-py37-cpu-inference。代わりに minimal-ubuntu22.04-py39-cpu-inference を使ってください。"),
    ],
)  # fmt: skip
def test_sentences_are_in_the_reader_s_language(tag: str, said: str) -> None:
    project = Project.load(ROOT, date(2026, 11, 30))
    locale = project.locale(tag)
    (event,) = (
        each
        for each in events(project.catalog, project.manifest, project.as_of)
        if each.id == "minimal-ubuntu18.04-py37-cpu-inference/withdrawn/2024-04-08"
    )
    assert (
        event_text(event, project.messages(locale), Formats(locale.babel), lambda image, _: image.name)
        == said
    )

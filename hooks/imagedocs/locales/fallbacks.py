"""Do the fallbacks of the locales lead somewhere, and not round in a circle?"""

from collections.abc import Mapping as AbstractMapping

from imagedocs.locales.registry import Locale
from imagedocs.problems import Rule
from imagedocs.suggestions import did_you_mean, shown
from imagedocs.yaml.nodes import Findings, Mapping


def check_fallbacks(entries: Mapping, locales: AbstractMapping[str, Locale], findings: Findings) -> None:
    declared = [key.value for key, _ in entries.entries]
    for locale in locales.values():
        where = locale.position
        node = entries.get(locale.tag)
        if isinstance(node, Mapping) and (value := node.get("fallback")) is not None:
            where = findings.at(value)
        for tag in locale.fallback:
            if tag == locale.tag:
                findings.add(where, Rule.LOCALE_FALLBACK, f"{tag} is its own fallback", "remove it")
            elif tag not in declared:
                hint = did_you_mean(tag, declared) or f"there are {', '.join(declared)}"
                findings.add(where, Rule.LOCALE_FALLBACK, f"the fallback {shown(tag)} is no locale", hint)
        cycle = _cycle(locale.tag, locales)
        if cycle and min(cycle) == locale.tag:
            message = f"the fallbacks go round in a circle: {' → '.join((*cycle, locale.tag))}"
            findings.add(where, Rule.LOCALE_FALLBACK, message, "leave one of them out")


def _cycle(start: str, locales: AbstractMapping[str, Locale]) -> tuple[str, ...]:
    """The tags on a way from `start` back to it, of at least two; empty when there is none."""
    waiting: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while waiting:
        way = waiting.pop(0)
        for tag in locales[way[-1]].fallback if way[-1] in locales else ():
            if tag == start and len(way) > 1:
                return way
            if tag not in seen:
                seen.add(tag)
                waiting.append((*way, tag))
    return ()

"""Speak the language of a page in a site that has no languages of imagedocs' own."""

from functools import lru_cache
from pathlib import Path

from babel import Locale as BabelLocale
from babel import UnknownLocaleError

from imagedocs.locales import Formats, Locale, Messages, read_message_file
from imagedocs.locales.messages import messages_in
from imagedocs.locales.po import PoFile
from imagedocs.parts import parts

_SCRIPTS = {
    "zh": "zh_Hans",
    "zh_CN": "zh_Hans",
    "zh_TW": "zh_Hant",
    "zh_Hans": "zh_Hans",
    "zh_Hant": "zh_Hant",
}
"""Names of Chinese that sites use, and Babel's."""


@lru_cache(maxsize=32)
def speak(root: Path, language: str) -> tuple[Messages, Formats]:
    """Return the sentences and formats of a language, which is named as themes name it: `de`, `pt-BR`, `zh`.

    A site's own `locales/<language>/LC_MESSAGES/messages.po` comes before the sentences that imagedocs has. A language
    of which there is neither is English.
    """
    name = babel_name(language)
    files: list[tuple[PoFile, str]] = []
    for tag in dict.fromkeys((name, name.partition("_")[0])):
        for folder, path in (
            (root, f"locales/{tag}/LC_MESSAGES/messages.po"),
            (parts().translations, f"{tag}/LC_MESSAGES/messages.po"),
        ):
            if (folder / path).is_file():
                files.append((read_message_file(folder, path), tag))
    return messages_in(files), Formats(name)


def babel_name(language: str) -> str:
    """Return Babel's name of a language; `en` for one that it doesn't know."""
    plain = language.replace("-", "_") or "en"
    plain = _SCRIPTS.get(plain, plain)
    try:
        return str(BabelLocale.parse(plain))
    except (ValueError, UnknownLocaleError):
        return "en"


def locale_of(language: str) -> Locale:
    """Return a language as the only one of a site."""
    name = babel_name(language)
    parsed = BabelLocale.parse(name)
    shown = parsed.get_display_name(parsed) or name
    return Locale(name.replace("_", "-"), shown[:1].upper() + shown[1:], "", name, "en")

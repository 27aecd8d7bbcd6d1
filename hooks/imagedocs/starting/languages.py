"""An entry of `locales/locales.yaml`, from nothing but the language's tag."""

import json

from babel import Locale as BabelLocale
from babel import UnknownLocaleError

from imagedocs.material.languages import material_language, search_language
from imagedocs.problems import CannotRun

_WITHOUT_SPACES = ("ja", "zh")
"""Languages in which nothing separates words."""


def locale_entry(tag: str) -> str:
    """The entry as YAML, indented for its place. Raises CannotRun for what is no language that Babel knows."""
    try:
        babel = BabelLocale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise CannotRun(f"{tag!r} is no language tag such as it, pt-BR or zh-Hans: {error}") from error
    name = (
        (babel.get_display_name() or tag).split(" (")[0]
        if "-" not in tag
        else babel.get_display_name() or tag
    )
    language = babel.language
    theme = material_language(tag)
    if language in _WITHOUT_SPACES:
        search = "{segmentation: characters}"
    elif stemmer := search_language(tag):
        search = f"{{language: {_quoted(stemmer)}, inflections: true}}"
    else:
        search = "{inflections: true}"
    return (
        f"  {_quoted(tag)}:\n"
        f"    name: {_quoted(name[:1].upper() + name[1:])}\n"
        f"    babel: {_quoted(str(babel))}\n"
        f"    material: {_quoted(theme)}\n"
        f"    search: {search}\n"
    )


def _quoted(text: str) -> str:
    """`text` for YAML, in quotes where YAML would read something else: `no`."""
    plain = text.replace("-", "").replace("_", "").isalpha() and text.lower() not in {
        *("no", "on", "off", "yes", "y", "n", "null", "true", "false"),
    }
    return text if plain else json.dumps(text, ensure_ascii=False)

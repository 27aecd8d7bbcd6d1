"""The site's languages: which there are, their sentences, and how each writes numbers and dates.

What other rooms need of them is imported from here.
"""

from imagedocs.locales.extraction import TEMPLATE_PATH, extract_messages
from imagedocs.locales.formats import Formats
from imagedocs.locales.glossary import load_glossary
from imagedocs.locales.glossary_terms import Glossary, KeptTerm
from imagedocs.locales.locale_file import load_locales
from imagedocs.locales.messages import Messages, messages_of, read_message_file, read_message_files
from imagedocs.locales.registry import Locale, LocaleRegistry
from imagedocs.locales.update import update_messages

__all__ = [
    "TEMPLATE_PATH",
    "Formats",
    "Glossary",
    "KeptTerm",
    "Locale",
    "LocaleRegistry",
    "Messages",
    "extract_messages",
    "load_glossary",
    "load_locales",
    "messages_of",
    "read_message_file",
    "read_message_files",
    "update_messages",
]

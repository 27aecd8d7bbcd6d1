"""The site's languages: which there are, their sentences, and how each writes numbers and dates.

What other rooms need of them is imported from here.
"""

from imagedocs.locales.extraction import TEMPLATE_PATH, extract_messages
from imagedocs.locales.formats import Formats
from imagedocs.locales.glossary import load_glossary
from imagedocs.locales.glossary_terms import Glossary, KeptTerm
from imagedocs.locales.locale_file import load_locales
from imagedocs.locales.messages import Messages, messages_of, read_message_file, read_message_files
from imagedocs.locales.pseudo import Pseudo, pseudo_text
from imagedocs.locales.registry import Direction, Locale, LocaleRegistry
from imagedocs.locales.update import Completeness, Update, completeness, update_messages
from imagedocs.material.search_options import Search, Segmentation

__all__ = [
    "TEMPLATE_PATH",
    "Completeness",
    "Direction",
    "Formats",
    "Glossary",
    "KeptTerm",
    "Locale",
    "LocaleRegistry",
    "Messages",
    "Pseudo",
    "Search",
    "Segmentation",
    "Update",
    "completeness",
    "extract_messages",
    "load_glossary",
    "load_locales",
    "messages_of",
    "pseudo_text",
    "read_message_file",
    "read_message_files",
    "update_messages",
]

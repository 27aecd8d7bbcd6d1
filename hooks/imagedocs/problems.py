"""What a check can find wrong, and where: findings are values, and only an edge decides what one does."""

from dataclasses import dataclass, field
from enum import Enum, StrEnum

from imagedocs.errors import CannotRun as CannotRun


class Severity(StrEnum):
    """How bad a problem is. An error or a warning fails a strict build and a check; a suggestion never does."""

    ERROR = "error"
    WARNING = "warning"
    SUGGESTION = "suggestion"


class Rule(Enum):
    """Everything that can be found wrong, by the name an author sees. Names are stable.

    Each rule has a page `docs/en/rules/<name>.md` that says what it means, with an example and the fix.
    """

    # catalog/images.yaml, locales/*.yaml and other YAML of ours
    YAML_SYNTAX = ("yaml-syntax", Severity.ERROR)
    UNKNOWN_KEY = ("unknown-key", Severity.ERROR)
    MISSING_FIELD = ("missing-field", Severity.ERROR)
    WRONG_TYPE = ("wrong-type", Severity.ERROR)
    UNQUOTED_VALUE = ("unquoted-value", Severity.ERROR)
    DUPLICATE_KEY = ("duplicate-key", Severity.ERROR)

    # what catalog/images.yaml and catalog/registry.json say
    NEWER_VERSION = ("newer-version", Severity.ERROR)
    INVALID_DATE = ("invalid-date", Severity.ERROR)
    INVALID_VERSION = ("invalid-version", Severity.ERROR)
    INVALID_REQUIREMENT = ("invalid-requirement", Severity.ERROR)
    UNKNOWN_NAME = ("unknown-name", Severity.ERROR)
    DUPLICATE_IMAGE = ("duplicate-image", Severity.ERROR)
    DUPLICATE_PACKAGE = ("duplicate-package", Severity.ERROR)
    CATALOG_CONTRADICTION = ("catalog-contradiction", Severity.ERROR)
    CATALOG_DATES = ("catalog-dates", Severity.ERROR)
    CATALOG_REPLACEMENT = ("catalog-replacement", Severity.ERROR)
    SCHEMA_OUTDATED = ("schema-outdated", Severity.SUGGESTION)
    JSON_SYNTAX = ("json-syntax", Severity.ERROR)
    TOO_MANY_PROBLEMS = ("too-many-problems", Severity.ERROR)

    # any file
    UNREADABLE_FILE = ("unreadable-file", Severity.ERROR)

    # links of the pages
    BROKEN_LINK = ("broken-link", Severity.ERROR)
    BROKEN_IMAGE = ("broken-image", Severity.ERROR)
    BROKEN_ANCHOR = ("broken-anchor", Severity.ERROR)
    ADDRESS_MISSPELLED = ("address-misspelled", Severity.ERROR)
    LINK_LEAVES_LOCALE = ("link-leaves-locale", Severity.ERROR)
    LINK_TEXT_MISSING = ("link-text-missing", Severity.WARNING)
    UNDEFINED_REFERENCE = ("undefined-reference", Severity.WARNING)
    UNDEFINED_FOOTNOTE = ("undefined-footnote", Severity.WARNING)

    # addresses of pages and files
    PUBLISH_URL_CONFLICT = ("publish-url-conflict", Severity.WARNING)
    PATH_CASE_CONFLICT = ("path-case-conflict", Severity.WARNING)
    PATH_NOT_PORTABLE = ("path-not-portable", Severity.WARNING)

    # mkdocs.yml
    NAV_PAGE_MISSING = ("nav-page-missing", Severity.ERROR)
    NAV_PAGE_OMITTED = ("nav-page-omitted", Severity.SUGGESTION)
    EXTENSION_WITHOUT_EFFECT = ("extension-without-effect", Severity.WARNING)
    BUILD_FAILED = ("build-failed", Severity.ERROR)
    BUILD_WARNING = ("build-warning", Severity.WARNING)

    # images that the catalog and the pages name
    IMAGE_MISSING = ("image-missing", Severity.ERROR)
    IMAGE_REPOSITORY_UNKNOWN = ("image-repository-unknown", Severity.WARNING)
    IMAGE_REGISTRY_MISSPELLED = ("image-registry-misspelled", Severity.ERROR)
    IMAGE_TAG_UNKNOWN = ("image-tag-unknown", Severity.WARNING)
    IMAGE_PLATFORM_UNKNOWN = ("image-platform-unknown", Severity.ERROR)
    IMAGE_DIGEST_UNKNOWN = ("image-digest-unknown", Severity.WARNING)
    IMAGE_TAG_MOVED = ("image-tag-moved", Severity.SUGGESTION)
    IMAGE_REFERENCE_INVALID = ("image-reference-invalid", Severity.ERROR)
    IMAGE_REMOVED = ("image-removed", Severity.ERROR)
    IMAGE_DEPRECATED = ("image-deprecated", Severity.WARNING)
    IMAGE_TAG_KNOWN_BAD = ("image-tag-known-bad", Severity.WARNING)
    IMAGE_TAG_MISSING = ("image-tag-missing", Severity.WARNING)
    IMAGE_FACT_WRONG = ("image-fact-wrong", Severity.WARNING)
    RECORD_OLD = ("record-old", Severity.SUGGESTION)
    RECORD_NOT_ASKED = ("record-not-asked", Severity.SUGGESTION)
    IMAGE_ALLOWANCE_EXPIRED = ("image-allowance-expired", Severity.WARNING)
    IMAGE_ALLOWANCE_UNUSED = ("image-allowance-unused", Severity.SUGGESTION)

    # what the Markdown of a page says
    INCLUDE_NOT_FOUND = ("include-not-found", Severity.ERROR)
    INCLUDE_INVALID = ("include-invalid", Severity.WARNING)
    CIRCULAR_REFERENCE = ("circular-reference", Severity.ERROR)
    TOO_MUCH = ("too-much", Severity.ERROR)
    INVALID_NOTE_SECTION = ("invalid-note-section", Severity.WARNING)
    YAML_HEADER_SYNTAX_ERROR = ("yaml-header-syntax-error", Severity.WARNING)
    YAML_HEADER_NOT_OBJECT = ("yaml-header-not-object", Severity.WARNING)
    UNSAFE_ADDRESS = ("unsafe-address", Severity.WARNING)
    UNBALANCED_HTML = ("unbalanced-html", Severity.WARNING)
    DISALLOWED_HTML_TAG = ("disallowed-html-tag", Severity.WARNING)
    DISALLOWED_HTML_ATTRIBUTE = ("disallowed-html-attribute", Severity.SUGGESTION)
    INVALID_IMAGE = ("invalid-image", Severity.ERROR)
    INVALID_VIDEO = ("invalid-video", Severity.WARNING)
    INVALID_CODE = ("invalid-code", Severity.ERROR)
    INVALID_FORM = ("invalid-form", Severity.WARNING)
    INVALID_ROW = ("invalid-row", Severity.WARNING)
    INVALID_COLUMN = ("invalid-column", Severity.WARNING)
    INVALID_ZONE = ("invalid-zone", Severity.ERROR)
    INVALID_MONIKER_RANGE = ("invalid-moniker-range", Severity.ERROR)
    INVALID_TAB_GROUP = ("invalid-tab-group", Severity.WARNING)
    CODESNIPPET_NOT_FOUND = ("codesnippet-not-found", Severity.ERROR)
    TAG_NOT_FOUND = ("tag-not-found", Severity.ERROR)
    NOT_NOTEBOOK_CONTENT = ("not-notebook-content", Severity.ERROR)
    MULTIPLE_TAGS_WITH_SAME_NAME = ("multiple-tags-with-same-name", Severity.ERROR)
    MONIKER_ZONE_EMPTY = ("moniker-zone-empty", Severity.SUGGESTION)
    PIVOT_GROUP_NOT_FOUND = ("pivot-group-not-found", Severity.WARNING)
    PIVOT_ID_NOT_FOUND = ("pivot-id-not-found", Severity.WARNING)
    PIVOT_ID_UNUSED = ("pivot-id-unused", Severity.SUGGESTION)
    ZONE_PIVOT_GROUP_MISSING = ("zone-pivot-group-missing", Severity.SUGGESTION)
    XREF_NOT_FOUND = ("xref-not-found", Severity.WARNING)
    YAML_DUPLICATE_KEY = ("yaml-duplicate-key", Severity.WARNING)

    # the metadata of pages
    ATTRIBUTE_RESERVED = ("attribute-reserved", Severity.WARNING)
    VIOLATE_SCHEMA = ("violate-schema", Severity.ERROR)

    # slips in the Markdown of a page
    UNKNOWN_ALERT = ("unknown-alert", Severity.WARNING)
    LINK_SPACE = ("link-space", Severity.WARNING)
    FULL_WIDTH_BRACKETS = ("full-width-brackets", Severity.WARNING)
    HEADING_SPACE = ("heading-space", Severity.WARNING)
    LITERAL_EMPHASIS = ("literal-emphasis", Severity.WARNING)
    LITERAL_MARKUP = ("literal-markup", Severity.WARNING)
    DUPLICATE_ANCHOR = ("duplicate-anchor", Severity.WARNING)
    RESERVED_ANCHOR = ("reserved-anchor", Severity.WARNING)
    TYPOGRAPHIC_CODE = ("typographic-code", Severity.WARNING)
    INVISIBLE_CHARACTER = ("invisible-character", Severity.WARNING)
    REPLACEMENT_CHARACTER = ("replacement-character", Severity.WARNING)
    CONTINUATION_GAP = ("continuation-gap", Severity.WARNING)
    MERGE_CONFLICT = ("merge-conflict", Severity.WARNING)
    BILINGUAL_PAGE = ("bilingual-page", Severity.ERROR)
    LOCAL_FILE_PATH = ("local-file-path", Severity.WARNING)
    INVALID_QUERY = ("invalid-query", Severity.WARNING)
    MALFORMED_BREAK = ("malformed-break", Severity.SUGGESTION)
    FENCE_LENGTH = ("fence-length", Severity.SUGGESTION)
    CODE_BLOCK_UNCLOSED = ("code-block-unclosed", Severity.SUGGESTION)
    CODE_BLOCK_INDENTED = ("code-block-indented", Severity.SUGGESTION)
    DEV_LANGUAGE_MISSING = ("dev-language-missing", Severity.SUGGESTION)
    COLUMN_HEADER_MISSING = ("column-header-missing", Severity.SUGGESTION)
    TABLE_HEADER_MISSING = ("table-header-missing", Severity.SUGGESTION)
    H1_MISSING = ("h1-missing", Severity.SUGGESTION)
    H1_NOT_FIRST = ("h1-not-first", Severity.SUGGESTION)
    H1_IN_INCLUDE = ("h1-in-include", Severity.SUGGESTION)
    H1_IN_ZONE = ("h1-in-zone", Severity.SUGGESTION)
    H1_IN_MONIKER = ("h1-in-moniker", Severity.SUGGESTION)
    MULTIPLE_H1S = ("multiple-h1s", Severity.SUGGESTION)
    H2_DUPLICATED = ("h2-duplicated", Severity.SUGGESTION)
    HEADING_SKIPPED = ("heading-skipped", Severity.SUGGESTION)
    HEADING_EMPTY = ("heading-empty", Severity.SUGGESTION)
    HEADING_NO_CONTENT = ("heading-no-content", Severity.SUGGESTION)
    HEADINGS_WITH_UNDERLINE = ("headings-with-underline", Severity.SUGGESTION)
    MISSING_IMAGE_ALT_TEXT = ("missing-image-alttext", Severity.SUGGESTION)
    ALT_TEXT_EQUAL_FILENAME = ("alttext-equal-filename", Severity.SUGGESTION)
    IMAGE_ALT_TEXT_DUPLICATED = ("image-alt-text-duplicated", Severity.SUGGESTION)
    DOCS_LINK_ABSOLUTE = ("docs-link-absolute", Severity.SUGGESTION)
    HARD_CODED_LOCALE = ("hard-coded-locale", Severity.SUGGESTION)
    INSECURE_LINK = ("insecure-link", Severity.SUGGESTION)

    # what stands around the pages: tables of contents and redirections
    INVALID_TOC_HREF = ("invalid-toc-href", Severity.ERROR)
    INVALID_TOPIC_HREF = ("invalid-topic-href", Severity.ERROR)
    INVALID_TOC_SYNTAX = ("invalid-toc-syntax", Severity.ERROR)
    INVALID_TOC_LEVEL = ("invalid-toc-level", Severity.ERROR)
    TOC_NOT_FOUND = ("toc-not-found", Severity.WARNING)
    REDIRECTION_CONFLICT = ("redirection-conflict", Severity.ERROR)
    REDIRECTION_INVALID = ("redirection-invalid", Severity.ERROR)
    PATH_INVALID = ("path-invalid", Severity.WARNING)
    REDIRECTION_PATH_SYNTAX_ERROR = ("redirection-path-syntax-error", Severity.WARNING)
    REDIRECTED_FILE_NOT_REMOVED = ("redirected-file-not-removed", Severity.WARNING)
    SOURCE_PATH_CONFLICT = ("source-path-conflict", Severity.ERROR)
    CIRCULAR_REDIRECTION = ("circular-redirection", Severity.ERROR)
    LINK_REDIRECTED = ("link-redirected", Severity.SUGGESTION)

    # pages that are generated from the catalog
    PAGE_COLLISION = ("page-collision", Severity.ERROR)

    # includes/*.j2
    TEMPLATE_ERROR = ("template-error", Severity.ERROR)

    # locales/locales.yaml, the .po files and the glossary
    LOCALE_TAG = ("locale-tag", Severity.ERROR)
    LOCALE_UNKNOWN = ("locale-unknown", Severity.ERROR)
    LOCALE_DUPLICATE = ("locale-duplicate", Severity.ERROR)
    LOCALE_FALLBACK = ("locale-fallback", Severity.ERROR)
    LOCALE_DEFAULT = ("locale-default", Severity.ERROR)
    PO_SYNTAX = ("po-syntax", Severity.ERROR)
    PO_HEADER = ("po-header", Severity.ERROR)
    MESSAGE_UNTRANSLATED = ("message-untranslated", Severity.WARNING)
    MESSAGE_FUZZY = ("message-fuzzy", Severity.WARNING)
    MESSAGE_PLURALS = ("message-plurals", Severity.ERROR)
    MESSAGE_PLACEHOLDER = ("message-placeholder", Severity.ERROR)
    MESSAGE_MARKUP = ("message-markup", Severity.ERROR)
    MESSAGE_WHITESPACE = ("message-whitespace", Severity.WARNING)
    MESSAGE_OBSOLETE = ("message-obsolete", Severity.SUGGESTION)
    MESSAGE_OF_LIBRARY = ("message-of-library", Severity.SUGGESTION)
    MESSAGES_OUT_OF_DATE = ("messages-out-of-date", Severity.ERROR)
    GLOSSARY_TERM = ("glossary-term", Severity.WARNING)

    # translated pages and their sources
    TRANSLATION_STALE = (
        "translation-stale",
        Severity.SUGGESTION,
    )  # who edits a source need not know every language
    TRANSLATION_CODE = ("translation-code", Severity.WARNING)
    TRANSLATION_INCOMPLETE = ("translation-incomplete", Severity.ERROR)
    TRANSLATION_ANCHOR = ("translation-anchor", Severity.ERROR)
    TRANSLATION_UNTRANSLATED = ("translation-untranslated", Severity.WARNING)
    TRANSLATION_DIFFERS = ("translation-differs", Severity.WARNING)
    TRANSLATION_ORPHAN = ("translation-orphan", Severity.WARNING)
    TRANSLATION_PIN = ("translation-pin", Severity.WARNING)
    TRANSLATION_UNPINNED = ("translation-unpinned", Severity.SUGGESTION)

    # inline ignores, the baseline and the severities of a project
    IGNORE_INCOMPLETE = ("ignore-incomplete", Severity.ERROR)
    IGNORE_UNKNOWN_RULE = ("ignore-unknown-rule", Severity.ERROR)
    IGNORE_UNUSED = ("ignore-unused", Severity.WARNING)
    RETIRED_RULE = ("retired-rule", Severity.SUGGESTION)
    BASELINE_STALE = ("baseline-stale", Severity.WARNING)

    # external links, on demand
    EXTERNAL_LINK_BROKEN = ("external-link-broken", Severity.ERROR)
    EXTERNAL_ANCHOR_MISSING = ("external-anchor-missing", Severity.ERROR)
    EXTERNAL_LINK_REFUSED = ("external-link-refused", Severity.ERROR)
    EXTERNAL_LINK_MOVED = ("external-link-moved", Severity.SUGGESTION)
    EXTERNAL_LINK_UNKNOWN = ("external-link-unknown", Severity.SUGGESTION)
    EXTERNAL_ALLOWANCE_EXPIRED = ("external-allowance-expired", Severity.WARNING)
    EXTERNAL_ALLOWANCE_UNUSED = ("external-allowance-unused", Severity.SUGGESTION)

    # hand-written lists that are imported
    IMPORT_NOTHING_FOUND = ("import-nothing-found", Severity.ERROR)
    IMPORT_COLUMN_UNKNOWN = ("import-column-unknown", Severity.WARNING)
    IMPORT_CELL_DOUBTFUL = ("import-cell-doubtful", Severity.WARNING)
    IMPORT_IMAGE_MISMATCH = ("import-image-mismatch", Severity.ERROR)
    IMPORT_TAG_MISSING = ("import-tag-missing", Severity.WARNING)
    IMPORT_SPELLING = ("import-spelling", Severity.SUGGESTION)
    IMPORT_NOT_TAKEN = ("import-not-taken", Severity.SUGGESTION)
    IMPORT_DIFFERENCE = ("import-difference", Severity.WARNING)

    # what the live registry says (`imagedocs verify`)
    REGISTRY_GONE = ("registry-gone", Severity.ERROR)
    REGISTRY_SILENT = ("registry-silent", Severity.WARNING)
    REGISTRY_DRIFT = ("registry-drift", Severity.ERROR)
    REGISTRY_DEPRECATED = ("registry-deprecated", Severity.WARNING)
    REGISTRY_WARNING = ("registry-warning", Severity.SUGGESTION)
    REGISTRY_BROKEN = ("registry-broken", Severity.ERROR)
    REGISTRY_LATEST_ALONE = ("registry-latest-alone", Severity.WARNING)
    REGISTRY_OUTSIDE_WINDOW = ("registry-outside-window", Severity.WARNING)

    def __init__(self, label: str, severity: Severity) -> None:
        self.label = label
        self.severity = severity

    def __str__(self) -> str:
        return self.label


@dataclass(slots=True, order=True, unsafe_hash=True)
class Position:
    """A place in a file of the project. Nothing changes one; to be `frozen` would make each take thrice as long, and
    hundreds are made for a page."""

    path: str
    """Relative to the project, with forward slashes: `docs/de/images.md`."""
    line: int = 0
    """Counted from 1; 0 means the file as a whole."""
    column: int = 0
    """In characters, counted from 1; 0 means the line as a whole."""

    def __str__(self) -> str:
        parts = [self.path]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters from (`line`, `column`) up to (`end_line`, `end_column`) by `text`.

    Lines and columns are counted from 1; the end is exclusive.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing an author should fix, and where."""

    position: Position
    rule: Rule
    message: str
    """What is wrong: a clause without a final full stop."""
    hint: str = ""
    """What to type instead: `did you mean "20260316.v1"?`"""
    included_from: tuple[Position, ...] = field(default=())
    """For a problem in a fragment: the places that include it, innermost first."""
    fix: tuple[Edit, ...] = field(default=())
    """Edits of the file of `position` that remove the problem and are safe to make unseen."""
    level: Severity | None = None
    """Severity that the project gives to problems of the rule; `None`: that of the rule itself."""

    @property
    def severity(self) -> Severity:
        return self.level or self.rule.severity

    @property
    def sort_key(self) -> tuple[Position, str, str, str]:
        """Problems print in this order, whatever the order in which they were found."""
        return (self.position, self.rule.label, self.message, self.hint)

    def __str__(self) -> str:
        """The one-line form: `docs/es/x.md:31:12: warning: image-tag-unknown: …; did you mean "…"?`"""
        text = f"{self.position}: {self.severity}: {self.rule}: {self.message}"
        return f"{text}; {self.hint}" if self.hint else text

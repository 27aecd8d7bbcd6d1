"""Where addresses lead: what MkDocs resolves as files of the docs folder, and what a browser makes of the rest."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, unquote, urljoin, urlsplit

from imagedocs.checks.site import LocaleSite, Site

_NOWHERE = "http://site.invalid/"
"""Stands for the address of a site that has none."""


@dataclass(frozen=True, slots=True)
class Landing:
    """Something of the site."""

    locale: LocaleSite
    """Whose site it is in."""
    place: str
    """Its site path; of what the theme adds, its file."""


@dataclass(frozen=True)
class Addresses:
    """The addresses of a whole site."""

    site: Site

    @cached_property
    def root(self) -> str:
        """The address of the site, with a slash at its end."""
        return (self.site.facts.address or _NOWHERE).rstrip("/") + "/"

    @cached_property
    def path(self) -> str:
        """Of `root`, what follows the host: `/` or `/docs/`."""
        return urlsplit(self.root).path

    @cached_property
    def _by_folder(self) -> dict[str, LocaleSite]:
        return {locale.folder: locale for locale in self.site.locales}

    @cached_property
    def _by_tag(self) -> dict[str, LocaleSite]:
        return {locale.tag: locale for locale in self.site.locales}

    def locale(self, tag: str) -> LocaleSite | None:
        """The site of the locale with this tag; `None` when it was not looked at."""
        return self._by_tag.get(tag)

    def of_page(self, locale: LocaleSite, page: str) -> str:
        """The whole address of a page."""
        return self._of_locale(locale) + quote(locale.address_of(page))

    def of_file(self, locale: LocaleSite, place: str) -> str:
        """The whole address of a file that is no page."""
        return self._of_locale(locale) + quote(place.removesuffix("index.html"))

    def _of_locale(self, locale: LocaleSite) -> str:
        return f"{self.root}{locale.folder}/" if locale.folder else self.root

    def within(self, written: str, base: str) -> str | None:
        """The path, from the site's root on and decoded, that `written` leads to from the address `base`; `None` when
        that is not of this site."""
        try:
            parts = urlsplit(urljoin(base, written))
        except ValueError:
            return None
        root = urlsplit(self.root)
        if parts.scheme not in ("http", "https") or parts.netloc.lower() != root.netloc.lower():
            return None
        if not parts.path and root.path == "/":
            return ""
        return unquote(parts.path[len(root.path) :]) if parts.path.startswith(root.path) else None

    def is_own_host(self, written: str) -> bool:
        """Whether an absolute address names this site's host."""
        try:
            return (
                bool(self.site.facts.address)
                and urlsplit(written).netloc.lower() == urlsplit(self.root).netloc.lower()
            )
        except ValueError:
            return False

    @cached_property
    def _own(self) -> tuple[str, ...]:
        """What absolute addresses of this site begin with, and rooted ones."""
        host = urlsplit(self.root).netloc.lower()
        return (f"http://{host}", f"https://{host}", f"//{host}") if self.site.facts.address else ()

    def may_be_own(self, target: str) -> bool:
        """Whether a target that begins with a scheme, `//` or `/` has to be looked for in this site."""
        if target[:1] == "/" != target[1:2]:
            return True
        return target[:200].strip().lower().startswith(self._own)

    def find(self, path: str) -> Landing | None:
        """What a server has at a path from the site's root on; `None` when it has nothing."""
        folder, _, rest = path.partition("/")
        locale = self._by_folder.get(folder) if folder else None
        if locale is None:
            locale, rest = self._by_folder.get(""), path
        if locale is None:
            return None
        files = [rest] if rest and not rest.endswith("/") else []
        files.append(f"{rest.rstrip('/')}/index.html".lstrip("/"))
        for file in files:
            place = locale.by_file.get(file)
            if place is not None:
                return Landing(locale, place)
            if self.site.is_extra(file, locale.folder):
                return Landing(locale, file)
        return None

    def is_unmade(self, path: str) -> bool:
        """Whether a path, from the site's root or a locale's on, is that of something that may be missing because of another
        mistake: see `SiteFacts.unmade`."""
        folder, _, rest = path.partition("/")
        place = rest if folder in self._by_folder else path
        return any(f"{place}/".startswith(f"{unmade}/") for unmade in self.site.facts.unmade)

    def is_unknown(self, path: str) -> bool:
        """Whether a path is in the site of a locale that has not been looked at; no site has pages named `.md`."""
        folder = path.partition("/")[0]
        is_seen = (folder if folder in self.site.facts.folders else "") in self._by_folder
        return not is_seen and not path.endswith(".md")

"""Where a site is built, beside the last one, and how it takes that one's place."""

import os
import shutil
import tempfile
from collections.abc import Collection, Iterable
from html import escape
from pathlib import Path

from imagedocs.locales import Locale
from imagedocs.problems import CannotRun

SITEMAP_INDEX = "sitemap-index.xml"


class Staging:
    """A folder beside the site in which it is built, so that the last good one stays until the end."""

    def __init__(self, final: Path, folders: Collection[str] = ()) -> None:
        """`folders` are those of languages: they are no part of the site at the root."""
        self.final = final
        self.beside_root = {*folders, SITEMAP_INDEX}
        """What lies beside the site at the root, and is not its own."""
        final.parent.mkdir(parents=True, exist_ok=True)
        self._folder = tempfile.TemporaryDirectory(dir=final.parent, prefix=f".{final.name}-")
        self.site = Path(self._folder.name) / "site"
        self._again: list[Locale] = []

    def part(self, locale: Locale) -> Path:
        """Where the site of `locale` is until it is published: built by a worker, or that of the last time."""
        return self.published(locale) if locale in self._again else Path(self._folder.name) / locale.tag

    def published(self, locale: Locale) -> Path:
        """Where the last site of `locale` is."""
        return self.final / locale.url

    def publish_again(self, locale: Locale) -> None:
        """Let the last site of `locale` be a part of this one too."""
        self._again.append(locale)

    def replace(self, locale: Locale) -> None:
        """Let the finished site of `locale` be the one at the root."""
        shutil.rmtree(self.site, ignore_errors=True)
        if locale in self._again:
            self.site.mkdir()
        else:
            self.part(locale).rename(self.site)

    def assemble(self, locales: Iterable[Locale]) -> None:
        """Put the workers' sites below this one."""
        for locale in locales:
            target = self.site / locale.url
            shutil.rmtree(target, ignore_errors=True)
            if locale not in self._again:
                self.part(locale).rename(target)

    def write_sitemap_index(self, base_url: str, locales: Iterable[Locale]) -> None:
        """One file that names the sitemaps of all locales (https://www.sitemaps.org/protocol.html#index)."""
        entries = "".join(
            f"  <sitemap><loc>{escape(base_url)}{locale.url + '/' if locale.url else ''}sitemap.xml</loc></sitemap>\n"
            for locale in locales
        )
        text = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</sitemapindex>\n'
        )
        (self.site / SITEMAP_INDEX).write_text(text, "utf-8", newline="\n")

    def publish(self, keep: tuple[str, ...] = ()) -> None:
        """Replace the last site. Of it stay what begins with a dot (a `.git`), as MkDocs leaves it too, and
        the folders named in `keep`. Raises CannotRun when somebody has changed the last site meanwhile, which then
        is put back."""
        last = Path(self._folder.name) / "last"
        was_there = self.final.exists()
        if was_there:
            self.final.rename(last)
        taken: list[str] = []
        try:
            for entry in self._staying(last, keep) if was_there or self._again else ():
                shutil.move(last / entry, self.site / entry)
                taken.append(entry)
        except OSError as error:
            for entry in taken:
                shutil.move(self.site / entry, last / entry)
            if was_there:
                last.rename(self.final)
            self.discard()
            message = f"{self.final} was changed while it was built: {error.strerror}; build it again"
            raise CannotRun(message) from error
        self.site.rename(self.final)
        self._folder.cleanup()

    def _staying(self, last: Path, keep: Collection[str]) -> list[str]:
        """What of the last site is part of this one."""
        names = os.listdir(last)
        staying = {
            name
            for name in names
            if (name.startswith(".") or name in keep) and not (self.site / name).exists()
        }
        for locale in self._again:
            staying |= {locale.url} if locale.url else set(names) - self.beside_root
        return sorted(staying)

    def discard(self) -> None:
        self._folder.cleanup()

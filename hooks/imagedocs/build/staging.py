"""Build a site in a folder beside the last site, and replace that one when the new one is complete."""

import os
import shutil
from collections.abc import Collection, Iterable
from html import escape
from pathlib import Path
from typing import IO
from weakref import finalize

from imagedocs.build.leftovers import JOURNAL, LAST, claim_folder, remove_folder, remove_leftovers
from imagedocs.build.renames import Rename, rename_all
from imagedocs.locales import Locale
from imagedocs.problems import CannotRun
from imagedocs.writing import reason

SITEMAP_INDEX = "sitemap-index.xml"


class Staging:
    """Folder in which a site is built, so that the last good site stays until the end.

    It lies beside the site, and is removed with this object or when the process ends. Where the site is a volume or a
    mount, or nothing else can be written, it lies in the site's folder, whose entries are then replaced one by one.
    """

    def __init__(self, site: Path, folders: Collection[str] = (), files: Collection[str] = ()) -> None:
        """Begin to build `site`. `folders` are those of languages, which aren't part of the site at the root, and `files`
        are written when all languages are built.

        Folders that killed builds have left are repaired and removed first. Raises CannotRun.
        """
        self.final = Path(os.path.realpath(site))
        self.beside_root = {*folders, SITEMAP_INDEX, *files}
        """Names that lie beside the site at the root, and aren't part of it."""
        self._again: list[Locale] = []
        try:
            self._folder, lock = self._claim(folders)
        except OSError as error:
            raise CannotRun(f"{self.final} cannot be written: {reason(error)}") from error
        self.discard = finalize(self, _remove, self._folder, lock, os.getpid())
        """Function that removes the folder, with its content."""
        self.site = self._folder / "site"

    def _claim(self, folders: Collection[str]) -> tuple[Path, IO[bytes]]:
        beside = self.final.parent
        beside.mkdir(parents=True, exist_ok=True)
        remove_leftovers(beside, {self.final.name}, folders)
        is_there = self.final.exists()
        if is_there:
            remove_leftovers(self.final, {self.final.name, *folders}, ())
        self._is_inside = is_there and _is_mount(self.final)
        if not self._is_inside:
            try:
                return claim_folder(beside, self.final.name)
            except OSError:
                if not is_there:
                    raise
                self._is_inside = True
        return claim_folder(self.final, self.final.name)

    def part(self, locale: Locale) -> Path:
        """Return the folder of the site of `locale` until it is published: built by a worker, or published before."""
        return self.published(locale) if locale in self._again else self._folder / locale.tag

    def published(self, locale: Locale) -> Path:
        """Return the folder of the last published site of `locale`."""
        return self.final / locale.url

    def publish_again(self, locale: Locale) -> None:
        """Make the last site of `locale` a part of this site too."""
        self._again.append(locale)

    def replace(self, locale: Locale) -> None:
        """Make the finished site of `locale` the site at the root."""
        shutil.rmtree(self.site, ignore_errors=True)
        if locale in self._again:
            self.site.mkdir()
        else:
            self.part(locale).rename(self.site)

    def assemble(self, locales: Iterable[Locale]) -> None:
        """Move the workers' sites below this one."""
        for locale in locales:
            target = self.site / locale.url
            shutil.rmtree(target, ignore_errors=True)
            if locale not in self._again:
                self.part(locale).rename(target)

    def write_sitemap_index(self, base_url: str, locales: Iterable[Locale]) -> None:
        """Write a file that names the sitemaps of all locales (https://www.sitemaps.org/protocol.html#index)."""
        entries = "".join(
            f"  <sitemap><loc>{escape(base_url)}{locale.url + '/' if locale.url else ''}sitemap.xml</loc></sitemap>\n"
            for locale in locales
        )
        text = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</sitemapindex>\n'
        )
        self.write(SITEMAP_INDEX, text)

    def write(self, name: str, text: str) -> None:
        """Write a file of the whole site. Call it when the sites of all languages are in their places."""
        (self.site / name).write_text(text, "utf-8", newline="\n")

    def publish(self, keep: tuple[str, ...] = ()) -> None:
        """Replace the last site. Its entries that begin with a dot (a `.git`) stay, as with MkDocs, and so do the
        folders named in `keep`.

        Raises CannotRun, with the last site as it was, if another program has changed it meanwhile, or has a file of
        it open on a system that doesn't move open files.
        """
        last = self._folder / LAST
        try:
            rename_all(self._renames(last, keep), self._folder / JOURNAL)
        except OSError as error:
            message = f"{self.final} cannot be replaced: {reason(error)}"
            if isinstance(error, FileNotFoundError):
                message = f"{self.final} was changed while it was built: {reason(error)}; build it again"
            elif isinstance(error, PermissionError):
                message += "; close what uses it and build again"
            if (self._folder / JOURNAL).exists():
                message += f"; a part of the last site is in {self._folder}, and the next build puts it back"
            raise CannotRun(message) from error
        finally:
            self.discard()

    def _renames(self, last: Path, keep: Collection[str]) -> list[Rename]:
        """Return the renames that replace the last site, in their order."""
        if not self.final.exists() and not self._again:
            return [(self.site, self.final)]
        names = os.listdir(self.final)
        staying = self._staying(names, keep)
        if not self._is_inside:
            kept = [(self.final / name, self.site / name) for name in sorted(staying)]
            return [*kept, (self.final, last), (self.site, self.final)]
        last.mkdir()
        replaced = [(self.final / name, last / name) for name in sorted({*names} - staying)]
        return [*replaced, *((self.site / name, self.final / name) for name in sorted(os.listdir(self.site)))]

    def _staying(self, names: Collection[str], keep: Collection[str]) -> set[str]:
        """Return the last site's entries that are part of this site."""
        staying = {
            name
            for name in names
            if (name.startswith(".") or name in keep) and not (self.site / name).exists()
        }
        for locale in self._again:
            staying |= {locale.url} if locale.url else {*names} - self.beside_root
        return staying


def _remove(folder: Path, lock: IO[bytes], process: int) -> None:
    if os.getpid() == process:  # not in a worker
        remove_folder(folder, lock)


def _is_mount(folder: Path) -> bool:
    """Return whether something is mounted at the folder, which then can't be renamed."""
    if os.path.ismount(folder):
        return True
    try:  # a part of the same disk, as containers mount it (proc_pid_mountinfo(5))
        lines = Path("/proc/self/mountinfo").read_bytes().splitlines()
    except OSError:
        return False
    place = os.fsencode(folder)
    for byte in b"\\ \t\n":
        place = place.replace(bytes([byte]), b"\\%03o" % byte)
    return any(line.split(b" ")[4] == place for line in lines)

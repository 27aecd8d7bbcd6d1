"""Where a site is built, beside the last one, and how it takes that one's place."""

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
    """A folder in which a site is built, so that the last good one stays until the end.

    It is beside the site, and goes with this object or with the process. Where the site is a volume or a mount, or
    nothing else can be written, it is in the site's folder, whose entries are then replaced one by one.
    """

    def __init__(self, site: Path, folders: Collection[str] = ()) -> None:
        """Begin to build `site`; `folders` are those of languages: they are no part of the site at the root.

        What killed builds have left is repaired and removed first. Raises CannotRun.
        """
        self.final = Path(os.path.realpath(site))
        self.beside_root = {*folders, SITEMAP_INDEX}
        """What lies beside the site at the root, and is not its own."""
        self._again: list[Locale] = []
        try:
            self._folder, lock = self._claim(folders)
        except OSError as error:
            raise CannotRun(f"{self.final} cannot be written: {reason(error)}") from error
        self.discard = finalize(self, _remove, self._folder, lock, os.getpid())
        """Removes the folder, with what is in it."""
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
        """Where the site of `locale` is until it is published: built by a worker, or that of the last time."""
        return self.published(locale) if locale in self._again else self._folder / locale.tag

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
        """Replace the last site. Of it stay what begins with a dot (a `.git`), as MkDocs leaves it too, and the
        folders named in `keep`.

        Raises CannotRun, with the last site as it was, when somebody has changed it meanwhile or has a file of it
        open where the system does not allow to move that.
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
        """Return which of the last site's entries are part of this one."""
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
    """Return whether something is mounted at the folder, which then cannot be renamed."""
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

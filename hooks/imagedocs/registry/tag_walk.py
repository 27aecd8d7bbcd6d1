"""The pages of one list of tags, and what they amount to."""

from urllib.parse import unquote

from yarl import URL

from imagedocs.registry.answers import refusal_of
from imagedocs.registry.headers import UnreadableError, printable, read_next_link, read_warnings
from imagedocs.registry.tag_pages import Tags
from imagedocs.registry.transport import Limits, Reply, origin_of
from imagedocs.registry.verdicts import Completeness, TagList, Verdict


class TagWalk:
    """The pages of one list, taken one after the other until they end or stop making sense."""

    def __init__(self, first: URL, limits: Limits) -> None:
        self.first = first
        self.bytes_left = limits.list_bytes
        self._page_limit = limits.pages
        self._tags = Tags()
        self._seen = {first}
        self._pages = 0
        self._junk = 0
        self._reason = ""
        self._completeness = Completeness.UNKNOWN
        self._warnings: dict[str, None] = {}

    def take(self, reply: Reply) -> URL | None:
        """Add one page; the address of the next, None at the end."""
        if reply.status != 200:
            self._refused(reply)
            return None
        try:
            self._junk += self._tags.add_page(reply.body)
        except UnreadableError as error:
            self.stop(str(error))
            return None
        self._warnings.update(dict.fromkeys(read_warnings(reply.headers.getall("Warning", ()))))
        self._completeness = Completeness.PARTIAL if self._junk else Completeness.WHOLE
        if self._junk:
            self._reason = f"{self._junk} entries are no tags"
        self._pages += 1
        self.bytes_left -= len(reply.body)
        try:
            return self._next(reply)
        except UnreadableError as error:
            self.stop(str(error))
            return None

    def _next(self, reply: Reply) -> URL | None:
        target = read_next_link(reply.headers.getall("Link", ()))
        if target is None:
            return None
        try:
            url = reply.url.join(URL(target, encoded=True)).with_fragment(None)
            same = origin_of(url) == origin_of(self.first) and url.user is None
        except ValueError:
            raise UnreadableError("the next page has no address that can be read") from None
        if not same:
            raise UnreadableError(
                f"the next page is on another host: {printable(url.host_port_subcomponent or '')}"
            )
        if unquote(url.raw_path) != unquote(self.first.raw_path):
            raise UnreadableError(f"the next page is not of this repository: {printable(url.raw_path)}")
        if url in self._seen:
            raise UnreadableError("the next page is one that has been read")
        if self._pages >= self._page_limit or self.bytes_left <= 0:
            raise UnreadableError(f"the list does not end after {self._pages} pages")
        self._seen.add(url)
        return url

    @property
    def count(self) -> int:
        """How many tags have come."""
        return len(self._tags)

    def stop(self, reason: str) -> None:
        """There is more that cannot be had: what has been read is a part."""
        self._reason = reason
        self._completeness = Completeness.PARTIAL if self._pages else Completeness.UNKNOWN

    def _refused(self, reply: Reply) -> None:
        refusal = refusal_of(reply)
        self.stop(refusal.reason)
        if not self._pages and refusal.verdict == Verdict.MISSING:
            self._completeness = Completeness.MISSING

    def result(self) -> TagList:
        return TagList(self._completeness, self._tags, self._reason, tuple(self._warnings))

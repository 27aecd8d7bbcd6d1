"""Claims of a project's files: images that they say there are."""

from dataclasses import dataclass

from imagedocs.problems import Position

LATEST = "latest"


@dataclass(frozen=True, slots=True)
class Claim:
    """Statement of a file that there is an image."""

    position: Position
    repository: str
    """With its registry: `registry.example/team/x`."""
    tag: str = ""
    digest: str = ""
    """With neither, the claim is that there is the repository."""
    platforms: tuple[str, ...] = ()
    """Those that it is said to run on."""

    @property
    def reference(self) -> str:
        """The tag where there is one, otherwise the digest; empty for a repository alone."""
        return self.tag or self.digest

    def __str__(self) -> str:
        tag = f":{self.tag}" if self.tag else ""
        digest = f"@{self.digest}" if self.digest else ""
        return f"{self.repository}{tag}{digest}"

"""The language server, driven by a client of its own over standard input and output."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient
from pygls.uris import to_fs_path

from added_project import added_site
from sampling import full
from small_project import small_project

IMAGE = "mcr.microsoft.com/azureml/minimal-py312-inference"
PAGES = {
    "docs/en/index.md": "# Home\n\nText.\n",
    "docs/en/a.md": "# A\n\n## First part\n\n[b](sub/b.md)\n",
    "docs/en/sub/b.md": "# B\n\nText.\n",
    "docs/es/a.md": "# A\n\n## Primera parte\n",
    "includes/note.md": "A note.\n",
}
SECONDS = 60


@dataclass
class Editor:
    """A client, with what the server has told it."""

    client: LanguageClient
    root: Path
    shown: dict[str, list[types.Diagnostic]] = field(default_factory=dict)
    """Diagnostics by project path."""
    logged: list[str] = field(default_factory=list)
    registered: list[str] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)
    told: asyncio.Event = field(default_factory=asyncio.Event)

    def uri(self, path: str) -> str:
        return (self.root / path).as_uri()

    def open(self, path: str, text: str | None = None) -> None:
        content = (self.root / path).read_bytes().decode() if text is None else text
        self.versions[path] = 1
        document = types.TextDocumentItem(self.uri(path), "markdown", 1, content)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(document))

    def type(self, path: str, text: str) -> None:
        self.versions[path] += 1
        document = types.VersionedTextDocumentIdentifier(self.versions[path], self.uri(path))
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    def save(self, path: str, text: str) -> None:
        (self.root / path).write_bytes(text.encode())
        document = types.TextDocumentIdentifier(self.uri(path))
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(document))

    def close(self, path: str) -> None:
        document = types.TextDocumentIdentifier(self.uri(path))
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(document))

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(SECONDS):
            while not holds():
                self.told.clear()
                await self.told.wait()

    def rules(self, path: str) -> list[tuple[str, tuple[int, int], tuple[int, int]]]:
        """Rule, start and end of each diagnostic of a file, without suggestions."""
        return [
            (str(each.code), *((p.line, p.character) for p in (each.range.start, each.range.end)))
            for each in self.shown.get(path, [])
            if each.severity != types.DiagnosticSeverity.Information
        ]

    async def until_rules(self, path: str, *expected: str) -> None:
        await self.until(
            lambda: path in self.shown and [rule for rule, *_ in self.rules(path)] == [*expected]
        )

    async def complete(self, path: str, text: str) -> list[str]:
        """Type a text that ends where the cursor stands, and return what it would become on its last line."""
        self.type(path, text)
        lines = text.split("\n")
        column = len(lines[-1].encode("utf-16-le")) // 2
        params = types.CompletionParams(
            types.TextDocumentIdentifier(self.uri(path)), types.Position(len(lines) - 1, column)
        )
        answer = await asyncio.wait_for(self.client.text_document_completion_async(params), SECONDS)
        assert isinstance(answer, types.CompletionList)
        found = []
        for item in answer.items:
            assert isinstance(item.text_edit, types.TextEdit)
            begin = lines[-1].encode("utf-16-le")[: 2 * item.text_edit.range.start.character]
            found.append(begin.decode("utf-16-le") + item.text_edit.new_text)
        return found

    async def actions(self, path: str, line: int, column: int) -> list[types.CodeAction]:
        at = types.Position(line, column)
        params = types.CodeActionParams(
            types.TextDocumentIdentifier(self.uri(path)), types.Range(at, at), types.CodeActionContext([])
        )
        answer = await asyncio.wait_for(self.client.text_document_code_action_async(params), SECONDS)
        return [each for each in answer or [] if isinstance(each, types.CodeAction)]


@asynccontextmanager
async def editor(
    root: Path, *arguments: str, can: types.ClientCapabilities | None = None
) -> AsyncIterator[Editor]:
    """Start the server as an editor does that `can` do some things, and end it so."""
    client = LanguageClient("test", "1")
    it = Editor(client, root)

    @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def shown(params: types.PublishDiagnosticsParams) -> None:
        path = os.path.relpath(to_fs_path(params.uri) or "", root)
        it.shown[path] = [*params.diagnostics]
        it.told.set()

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def registered(params: types.RegistrationParams) -> None:
        it.registered += [each.method for each in params.registrations]
        it.told.set()

    @client.feature(types.WINDOW_LOG_MESSAGE)
    def logged(params: types.LogMessageParams) -> None:
        it.logged.append(params.message)
        it.told.set()

    await client.start_io(sys.executable, "-m", "imagedocs", "lsp", *arguments, cwd="/")
    try:
        await client.initialize_async(
            types.InitializeParams(can or types.ClientCapabilities(), root_uri=root.as_uri())
        )
        client.initialized(types.InitializedParams())
        yield it
        await asyncio.wait_for(client.shutdown_async(None), SECONDS)
        client.exit(None)
        process = client._server
        assert process is not None
        assert await asyncio.wait_for(process.wait(), SECONDS) == 0
    finally:
        process = client._server
        if process is not None and process.returncode is None:
            process.kill()
        await client.stop()


def run(scene: Coroutine[None, None, None]) -> None:
    asyncio.run(asyncio.wait_for(scene, 3 * SECONDS))


def test_findings_and_fixes_while_one_types(tmp_path: Path) -> None:
    root = small_project(tmp_path / "a project", {**PAGES, "docs/es/a.md": "# A\n\n## Parte {#part}\n"})
    path, other = "docs/en/a.md", "docs/en/index.md"

    async def scene() -> None:
        async with editor(root) as it:
            it.open(path)
            await it.until_rules(path)
            it.type(path, "# A\n\n## First part\n\n𝒳 [b](sub/nope.md) [c](#second)\n")
            await it.until_rules(path, "broken-link", "broken-anchor")
            assert it.rules(path) == [
                ("broken-link", (4, 7), (4, 18)),
                ("broken-anchor", (4, 24), (4, 31)),
            ]
            it.type(path, "# A\n\n## Part\n")
            await it.until_rules(path)
            # What is typed into one file counts in another, and nothing of it is on the disk.
            it.open(other, "# Home\n\n[x](a.md#part) [y](new.md)\n")
            await it.until_rules(other, "broken-link")
            it.open("docs/en/new.md", "# New\n")
            it.type(path, "# A\n\n## Another part\n")
            await it.until_rules(other, "broken-anchor")
            await it.until_rules(path)
            it.close("docs/en/new.md")
            await it.until_rules(other, "broken-anchor", "broken-link")
            assert (root / path).read_text() == PAGES[path]

            it.type(other, "# Home\n\n*𝒳 [x](a.MD) [y](A.md#another-part)\n")
            await it.until(lambda: (2, 8) in [start for _, start, _ in it.rules(other)])
            assert await it.actions(other, 0, 0) == []
            (fix,) = await it.actions(other, 2, 9)
            assert fix.diagnostics
            assert fix.edit
            assert fix.edit.changes
            (edit,) = fix.edit.changes[it.uri(other)]
            assert (edit.new_text, edit.range.start, edit.range.end) == (
                "a.md",
                types.Position(2, 8),
                types.Position(2, 12),
            )
            it.type(other, "# Home\n\n*𝒳 [x](a.md) [y](A.md#another-part)\n")
            assert await it.actions(other, 2, 18) == [], "not yet: the text is another one"
            await it.until(lambda: (2, 8) not in [start for _, start, _ in it.rules(other)])
            it.close(other)
            await it.until_rules(other)
            assert it.logged == []

    run(scene())


def test_names_are_completed(tmp_path: Path) -> None:
    root = small_project(tmp_path, {**PAGES, "docs/en/media/x.png": b"x"})

    async def scene() -> None:
        async with editor(root) as it:
            for path in ("docs/en/a.md", "docs/en/sub/b.md", "docs/es/a.md", "includes/note.md"):
                it.open(path)
                await it.until_rules(path)
            en, sub = "docs/en/a.md", "docs/en/sub/b.md"
            assert await it.complete(en, "𝒳 [x](su") == ["𝒳 [x](sub/b.md"]
            assert await it.complete(sub, "[x](../a") == ["[x](../a.md"]
            assert await it.complete(sub, "[x](../a.md#FI") == ["[x](../a.md#first-part"]
            assert await it.complete("docs/es/a.md", "[x](sub/") == ["[x](sub/b.md"], "from the fallback"
            assert await it.complete("docs/es/a.md", "[x](#pri") == ["[x](#primera-parte"]
            assert await it.complete(en, "![x](") == ["![x](media/x.png"]
            assert "[!INCLUDE [x](../../includes/note.md" in await it.complete(en, "[!INCLUDE [x](")
            assert await it.complete("includes/note.md", "[x](../docs/en/su") == ["[x](../docs/en/sub/b.md"]
            assert f"`{IMAGE}" in await it.complete(en, f"`{IMAGE[:30]}")
            assert f"FROM {IMAGE}:20260316.v1" in await it.complete(en, f"FROM {IMAGE}:2026")
            for text in ("[x](https://", "word", "", "[x](../../../../etc/pas", "[x](nowhere.md#"):
                assert await it.complete(en, text) == []

    run(scene())


@full
def test_a_site_that_was_there_is_built_on_saves_alone_and_only_when_one_asks_for_it(tmp_path: Path) -> None:
    pages = {"index.md": "# Home\n", "a/more.md": "# More\n\n[x](nope.md)\n"}
    root = added_site(tmp_path, pages, hooks=["mark.py"]).parent
    (root / "mark.py").write_text("import pathlib\npathlib.Path(__file__).with_name('ran').touch()\n")
    wrong = "# Home\n\n`registry.example.com/team/wbe:2.0`\n"

    async def scene() -> None:
        async with editor(root) as it:
            it.open("docs/index.md", wrong)
            await it.until_rules("docs/index.md", "image-repository-unknown")
            assert await it.complete("docs/index.md", "[x](a/") == ["[x](a/more.md"]
            assert await it.complete("docs/index.md", "registry.example.com/team/") == [
                "registry.example.com/team/web"
            ], "the other one is withdrawn"
            it.save("docs/index.md", wrong)
            it.type("docs/index.md", "# Home\n")
            await it.until_rules("docs/index.md")
            assert not (root / "ran").exists()
        async with editor(root, "--build") as it:
            it.open("docs/index.md")
            await it.until_rules("docs/a/more.md", "broken-link")
            assert (root / "ran").exists()
            assert [rule for rule, *_ in it.rules("docs/index.md")] == ["image-repository-unknown"]
            (root / "ran").unlink()
            it.type("docs/index.md", f"{wrong}\nMore. `registry.example.com/team/web:3.0`\n")
            await it.until_rules("docs/index.md", "image-repository-unknown", "image-tag-unknown")
            assert [rule for rule, *_ in it.rules("docs/a/more.md")] == ["broken-link"]
            assert not (root / "ran").exists()
            it.save("docs/index.md", "# Home\n\n[y](gone.md)\n")
            it.type("docs/index.md", "# Home\n\n[y](gone.md)\n")
            await it.until_rules("docs/index.md", "broken-link")

    run(scene())


def test_hostile_input_ends_in_one_line_of_the_log(tmp_path: Path) -> None:
    root = small_project(tmp_path / "project", PAGES)

    async def scene() -> None:
        async with editor(root) as it:
            writer = it.client._server.stdin  # type: ignore[union-attr]
            assert writer
            for body in (
                b"{",
                b"[]",
                b"\xff\xfe",
                b'{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": 7}',
            ):
                writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            for uri in (
                (tmp_path / "elsewhere.md").as_uri(),
                "file:///etc/passwd",
                root.as_uri() + "/../../../etc/passwd",
                "file:///%00",
                "untitled:Untitled-1",
                "https://example.com/a.md",
                "",
            ):
                text = "# X\n\n[x](nope.md)\n"
                document = types.TextDocumentItem(uri, "markdown", 1, text)
                it.client.text_document_did_open(types.DidOpenTextDocumentParams(document))
            it.open("docs/en/a.md", "[x](nope.md) " + "[[[*_`<" * 200_000 + "\ud800" + "\r\n\u2028\0")
            await it.until(lambda: "docs/en/a.md" in it.shown)
            it.type("docs/en/a.md", "# A\n\n[x](nope.md)\n")
            await it.until_rules("docs/en/a.md", "broken-link")
            for at in (types.Position(2**31 - 1, 2**31 - 1), types.Position(2, 10**6)):
                document = types.TextDocumentIdentifier(it.uri("docs/en/a.md"))
                answer = await it.client.text_document_completion_async(types.CompletionParams(document, at))
                assert isinstance(answer, types.CompletionList)
            assert all(path.startswith("docs/en/") for path in it.shown if "nope" in str(it.shown[path]))
            assert it.logged
            assert not any("\n" in line or "Traceback" in line for line in it.logged)

    run(scene())


@full
def test_an_editor_that_counts_bytes_and_watches_files_gets_them_so(tmp_path: Path) -> None:
    root = small_project(tmp_path, PAGES)
    can = types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind.Utf8]),
        workspace=types.WorkspaceClientCapabilities(
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
        ),
    )

    async def scene() -> None:
        async with editor(root, can=can) as it:
            path = "docs/en/index.md"
            it.open(path, "# Home\n\n日本 [x](A.md) [y](sub/c.md)\n")
            await it.until_rules(path, "broken-link", "broken-link")
            assert [start for _, start, _ in it.rules(path)] == [(2, 11), (2, 21)]
            (fix,) = await it.actions(path, 2, 12)
            assert fix.edit
            assert fix.edit.document_changes
            (change,) = fix.edit.document_changes
            assert isinstance(change, types.TextDocumentEdit)
            assert (change.text_document.version, change.edits[0].range.start) == (1, types.Position(2, 11))
            await it.until(lambda: it.registered == [types.WORKSPACE_DID_CHANGE_WATCHED_FILES])
            (root / "docs/en/sub/c.md").write_text("# C\n\nText.\n")
            change = types.FileEvent(it.uri("docs/en/sub/c.md"), types.FileChangeType.Created)
            it.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([change]))
            await it.until_rules(path, "broken-link")

    run(scene())


@full
def test_a_project_that_cannot_be_checked_is_told_and_checked_again(tmp_path: Path) -> None:
    root = small_project(tmp_path, PAGES)
    locales = root / "locales/locales.yaml"
    known = locales.read_bytes()

    async def scene() -> None:
        locales.write_bytes(b"version: 1\ndefault: [\n")
        async with editor(root) as it:
            it.open("docs/en/a.md")
            await it.until(lambda: bool(it.logged or it.shown))
            locales.write_bytes(known)
            it.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([]))
            it.type("docs/en/a.md", "# A\n\n[x](nope.md)\n")
            await it.until_rules("docs/en/a.md", "broken-link")

    run(scene())


def test_it_ends_with_the_editor(tmp_path: Path) -> None:
    """An editor that is killed closes the pipe."""
    root = small_project(tmp_path, PAGES)
    done = subprocess.run(
        [sys.executable, "-m", "imagedocs", "lsp", "--stdio"],
        cwd=root,
        input=b"",
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")

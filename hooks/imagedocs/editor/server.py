"""The Language Server Protocol, for editors: https://microsoft.github.io/language-server-protocol/.

Only the command imports this module: it needs pygls (`imagedocs[lsp]`).
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lsprotocol import types
from pygls import uris
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from imagedocs.editor.completion import MOST, Candidate, Kind, complete
from imagedocs.editor.open_files import OpenFiles, path_in
from imagedocs.editor.places import Lines, Place, Region
from imagedocs.editor.project import Project
from imagedocs.errors import CannotRun
from imagedocs.incremental.interruption import interrupted_by
from imagedocs.problems import Edit, Problem, Severity

PAUSE = 0.2
"""Seconds without a change before a check begins."""
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.SUGGESTION: types.DiagnosticSeverity.Information,
}
_KINDS = {
    Kind.FILE: types.CompletionItemKind.File,
    Kind.ANCHOR: types.CompletionItemKind.Reference,
    Kind.IMAGE: types.CompletionItemKind.Module,
    Kind.TAG: types.CompletionItemKind.EnumMember,
}


class Server(LanguageServer):
    """Server of all projects whose files are open in an editor."""

    def __init__(
        self, version: str, root_of: Callable[[Path], Path | None], open_project: Callable[[Path], Project]
    ) -> None:
        """`root_of` returns the folder of the project that a file belongs to, `open_project` the project there."""
        super().__init__("imagedocs", version, types.TextDocumentSyncKind.Full)  # pyright: ignore[reportUnknownMemberType]
        self._root_of = root_of
        self._open_project = open_project
        self._projects: dict[Path, OpenFiles] = {}
        self._changed: dict[Path, asyncio.Event] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._has_ended = False
        self._one_check = ThreadPoolExecutor(1)
        """A process makes one result at a time; see `imagedocs.incremental.reads`."""

    def shutdown(self) -> None:
        """End, and give up a check that is being made."""
        self._has_ended = True
        self._one_check.shutdown(wait=False, cancel_futures=True)
        super().shutdown()

    def report_server_error(self, error: Exception, source: type[Exception]) -> None:
        """Say in one line what the server could not read or do, and go on."""
        if issubclass(source, JsonRpcException):
            self.tell(f"{type(error).__name__}: {error}")

    def tell(self, message: str) -> None:
        """Write a line to the log that the editor shows."""
        line = " ".join(message.split())[:400]
        self.window_log_message(types.LogMessageParams(types.MessageType.Warning, line))

    def find(self, uri: str) -> tuple[OpenFiles, str] | None:
        """Return the open files of the project that a file belongs to, and its project path."""
        name = uris.to_fs_path(uri) if uri.startswith("file:") else None
        if not name or "\0" in name:
            return None
        root = self._root_of(Path(name))
        path = path_in(root, name) if root else None
        if root is None or path is None:
            return None
        if root not in self._projects:
            self._projects[root] = OpenFiles(self._open_project(root))
        return self._projects[root], path

    def note(self, uri: str, text: str | None, version: int = 0, *, saved: bool = False) -> None:
        """Take over the text of an open file, and check its project soon; `None` for a file that is closed."""
        found = self.find(uri)
        if found is None:
            return
        files, path = found
        files.saved = files.saved or saved
        if text is None:
            files.texts.pop(path, None)
            files.versions.pop(path, None)
        else:
            files.texts[path], files.versions[path] = text.removeprefix("\ufeff"), version
        self._check_soon(files)

    def check_all(self) -> None:
        """Check all projects again: files have changed outside of the editor."""
        for files in self._projects.values():
            self._check_soon(files)

    def _check_soon(self, files: OpenFiles) -> None:
        root = files.project.root
        if root not in self._changed:
            self._changed[root] = asyncio.Event()
            task = asyncio.get_running_loop().create_task(self._check_on_changes(files, self._changed[root]))
            self._tasks.add(task)
        self._changed[root].set()

    async def _check_on_changes(self, files: OpenFiles, changed: asyncio.Event) -> None:
        while await changed.wait():
            while changed.is_set():
                changed.clear()
                await asyncio.sleep(PAUSE)
            await self._check(files)

    async def _check(self, files: OpenFiles) -> None:
        seen, saved, files.saved = dict(files.texts), files.saved, False
        unsaved = files.unsaved()

        def check() -> tuple[Problem, ...]:
            with interrupted_by(lambda: self._has_ended):
                return files.project.check(unsaved, saved=saved)

        try:
            problems = await asyncio.get_running_loop().run_in_executor(self._one_check, check)
        except CannotRun as error:
            self.tell(str(error))
        except Exception as error:  # noqa: BLE001  # whatever one check meets, the next one may do
            self.tell(f"the check ended with {type(error).__name__}: {error}")
        else:
            for path in files.take(problems, seen):
                self._show(files, path)

    def _show(self, files: OpenFiles, path: str) -> None:
        lines = self.lines(files.text(path))
        diagnostics = [
            self._diagnostic(files.project, problem, lines) for problem in files.problems.get(path, ())
        ]
        version = files.versions.get(path) if files.texts.get(path) == files.checked.get(path) else None
        uri = _uri(files.project, path)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, version))

    def lines(self, text: str) -> Lines:
        """Return the lines of a text, with the places in them as the editor counts."""
        return Lines(text, types.PositionEncodingKind(self.workspace.position_encoding or "utf-16").value)

    def _diagnostic(self, project: Project, problem: Problem, lines: Lines) -> types.Diagnostic:
        rule = problem.rule.label
        message = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
        related: list[types.DiagnosticRelatedInformation] = []
        for place in problem.included_from:
            there = types.Position(max(place.line - 1, 0), 0)
            location = types.Location(_uri(project, place.path), types.Range(there, there))
            related.append(types.DiagnosticRelatedInformation(location, "included from here"))
        return types.Diagnostic(
            _range(lines.region_of(problem)),
            message,
            severity=_SEVERITIES[problem.severity],
            code=rule,
            code_description=types.CodeDescription(f"{project.rules.rstrip('/')}/rules/{rule}/")
            if project.rules
            else None,
            source="imagedocs",
            related_information=related or None,
        )

    def actions(self, params: types.CodeActionParams) -> Iterator[types.CodeAction]:
        """Yield the fixes of what is wrong at a place."""
        found = self.find(params.text_document.uri)
        if found is None:
            return
        files, path = found
        lines = self.lines(files.text(path))
        asked = Region(_place(params.range.start), _place(params.range.end))
        for problem in files.as_checked(path):
            if problem.fix and lines.region_of(problem).touches(asked):
                yield types.CodeAction(
                    _title(problem),
                    types.CodeActionKind.QuickFix,
                    diagnostics=[self._diagnostic(files.project, problem, lines)],
                    is_preferred=True,
                    edit=self._edit(params.text_document.uri, files.versions.get(path), problem.fix, lines),
                )

    def _edit(
        self, uri: str, version: int | None, edits: tuple[Edit, ...], lines: Lines
    ) -> types.WorkspaceEdit:
        made = [types.TextEdit(_range(lines.region_of_edit(each)), each.text) for each in edits]
        of_workspace = self.client_capabilities.workspace
        can = of_workspace.workspace_edit if of_workspace else None
        if not (can and can.document_changes):
            return types.WorkspaceEdit(changes={uri: made})
        document = types.OptionalVersionedTextDocumentIdentifier(uri, version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, [*made])])

    def completions(self, params: types.CompletionParams) -> types.CompletionList:
        """Return the names that may be meant at a place."""
        found = self.find(params.text_document.uri)
        if found is None or found[1] not in found[0].texts:
            return types.CompletionList(is_incomplete=False, items=[])
        files, path = found
        at = params.position
        lines = self.lines(files.texts[path])
        before = lines.before(at.line, at.character)
        names = complete(before, files.project.surroundings(path), files.project.images)
        items = [_item(each, at, lines) for each in names[:MOST]]
        return types.CompletionList(is_incomplete=len(names) > MOST, items=items)


def _watched(capabilities: types.ClientCapabilities) -> bool:
    """Return whether an editor can be asked to tell of files that change outside of it."""
    watched = capabilities.workspace and capabilities.workspace.did_change_watched_files
    return bool(watched and watched.dynamic_registration)


def start(
    version: str, root_of: Callable[[Path], Path | None], open_project: Callable[[Path], Project]
) -> None:
    """Serve an editor on standard input and output until it says that it is done."""
    logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)  # it logs tracebacks; see `report_server_error`
    server = Server(version, root_of, open_project)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        server.note(document.uri, document.text, document.version)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        if params.content_changes:
            document = params.text_document
            server.note(document.uri, params.content_changes[-1].text, document.version)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        found = server.find(params.text_document.uri)
        if found is not None:
            files, path = found
            files.saved = True
            server.note(params.text_document.uri, files.texts.get(path), files.versions.get(path, 0))

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        server.note(params.text_document.uri, None)

    @server.feature(types.INITIALIZED)
    async def initialized(_params: types.InitializedParams) -> None:
        if _watched(server.client_capabilities):
            watchers = [types.FileSystemWatcher("**/*.{md,yml,yaml,j2,po,json,png,svg,jpg}")]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            await server.client_register_capability_async(
                types.RegistrationParams([types.Registration("files", method, options)])
            )

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_files(_params: types.DidChangeWatchedFilesParams) -> None:
        server.check_all()

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
    )
    def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        return [*server.actions(params)]

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=["(", "/", "#", ":", '"'])
    )
    def completion(params: types.CompletionParams) -> types.CompletionList:
        return server.completions(params)

    server.start_io()


def _uri(project: Project, path: str) -> str:
    return uris.from_fs_path(str(project.root / path)) or ""


def _range(region: Region) -> types.Range:
    return types.Range(types.Position(*region.start), types.Position(*region.end))


def _place(position: types.Position) -> Place:
    return position.line, position.character


def _title(problem: Problem) -> str:
    return problem.hint[:1].upper() + problem.hint[1:] if problem.hint else f"Fix {problem.rule}"


def _item(candidate: Candidate, at: types.Position, lines: Lines) -> types.CompletionItem:
    start = types.Position(at.line, at.character - lines.units(candidate.begun))
    return types.CompletionItem(
        candidate.text,
        kind=_KINDS[candidate.kind],
        detail=candidate.detail or None,
        filter_text=candidate.text,
        text_edit=types.TextEdit(types.Range(start, at), candidate.text),
    )

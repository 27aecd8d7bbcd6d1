"""A language server: what a check finds, while one types.

It analyzes nothing itself. `session` checks a project with its unsaved texts, `places` and `completion` turn what came of it
into what editors show, and `server` speaks the protocol; that module alone needs pygls (`imagedocs[lsp]`).
"""

"""All that knows Material for MkDocs: its templates, its languages, its search and the ids of its own elements."""

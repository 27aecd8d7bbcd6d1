"""The sites of a project's languages: built beside the last ones, kept for the next build, and put in place together."""

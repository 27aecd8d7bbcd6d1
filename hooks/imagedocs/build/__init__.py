"""Build the sites of a project's languages beside the last ones, keep them for the next build, and publish them
together."""

"""The files around the pages of a documentation set of Microsoft Learn: tables of contents, redirections,
metadata, cross references. Each is optional, and a project without them has a site without traces of them."""

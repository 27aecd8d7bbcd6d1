"""Pages that Python-Markdown renders as their site has configured it.

`insertion` puts the list and the pages of images into such pages, `blocks` is the extension that reads what was put in,
and `rendered` makes the document that checks compare from the HTML of a page, with positions from its source.
"""

"""A MkDocs site that existed before imagedocs was added to it: one catalog, and pages that the site renders itself.

`site` makes what is put into pages, `judging` finds what is wrong with the pages that the site has built. Neither knows
the dialect of `imagedocs.markdown`, documentation sets or translations.
"""

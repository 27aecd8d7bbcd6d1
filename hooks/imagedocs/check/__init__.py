"""Find everything that is wrong with a project: the same for `imagedocs check` and for a build.

`project_facts` gathers all that is no page (`facts`), `analysis` reads the pages, `page_findings` judges single ones,
and `judge` puts all findings together. `checking` has these steps in their order. What an earlier run has found out
is used again as long as everything that it was made from is the same: see `imagedocs.incremental`.
"""

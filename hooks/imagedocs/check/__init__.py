"""Find everything that is wrong with a project: the same for `imagedocs check` and for a build.

`project_facts` gathers all facts outside pages (`facts`), `analysis` reads the pages, `page_findings` judges single
pages, and `judge` puts all findings together. `checking` runs these steps in their order. Results of an earlier run are
reused as long as everything that they were made from is the same: see `imagedocs.incremental`.
"""

"""A project judged by values: what stands around its pages, and what each page holds, however these were come by."""

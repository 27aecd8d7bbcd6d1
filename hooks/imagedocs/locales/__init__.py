"""The site's languages: which there are, their sentences, and how each writes numbers and dates.

`locale_file` reads the locale registry, `messages` gives a locale's sentences, `formats` its numbers and dates,
`extraction` keeps the .po files up to date, `glossary` holds the terms that translations must keep.
"""

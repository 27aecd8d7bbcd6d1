"""`mkdocs.yml` of a new project."""

from typing import Final

CONFIGURATION: Final = """\
# One configuration for all languages: the plugin imagedocs makes each one's.
site_name: NAME
ADDRESS
docs_dir: docs # replaced by docs/<language>

exclude_docs: |
  includes/**/*.md

markdown_extensions:
  - imagedocs.markdown
  - toc:
      permalink: true

theme:
  name: material
  font: false # no request to another host from any page
  icon:
    logo: imagedocs
  favicon: assets/images/imagedocs.svg
  features:
    - content.code.copy
    - navigation.footer
    - navigation.path
    - navigation.top
    - search.highlight
    - toc.follow
  palette:
    - media: "(prefers-color-scheme: light)"
      scheme: default
      primary: custom
      accent: custom
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
      primary: custom
      accent: custom

extra:
  imagedocs:
    head: # for links to the site, search engines and home screens
      card: assets/images/card.png
      touch_icon: assets/images/touch-icon.png
      colors: {light: "#1f3a5f", dark: "#1b2d47"} # of the header, for the browser around it
    headers: true # for the host, in _headers: they allow what the built pages use, and nothing else
    images: {prefix: images} # a page for each image of the catalog, at /images/<id>/
    changes: {prefix: changes} # what changed, at /changes/, and the list of each day on which it did
    data: {prefix: api} # the list for programs, at /api/v0/
    badges: {prefix: badges} # a picture of how each image stands, at /badges/<id>.svg
    llms: true # each page as plain text beside it, and llms.txt
    lastmod: true # in sitemaps, the day on which each page was last committed
FEEDS

extra_css:
  - assets/stylesheets/learn.css
  - assets/stylesheets/imagedocs.css

extra_javascript:
  - assets/javascripts/learn.js
  - assets/javascripts/imagedocs.js

plugins:
  - search
  - imagedocs

# What follows is checked by imagedocs, with positions: MkDocs need not do it again.
validation:
  nav:
    omitted_files: ignore
    not_found: ignore
    absolute_links: ignore
  links:
    not_found: ignore
    absolute_links: ignore
    unrecognized_links: ignore
    anchors: ignore

watch:
  - docs
  - includes
  - catalog
  - locales
"""
"""`NAME`, `ADDRESS` and `FEEDS` are replaced."""
NEED_ADDRESS: Final = {
    "feeds": "{prefix: feeds} # what changed, for readers of feeds, and the days on which support ends, for calendars",
    "owner": "OWNER # what the ids in feeds are made from, a domain of yours and a year; never change it",
    "robots": "true # robots.txt, with the address of the sitemap, for a site at the root of a host",
}
"""Settings below `extra.imagedocs` that need `site_url`. `OWNER` is replaced."""

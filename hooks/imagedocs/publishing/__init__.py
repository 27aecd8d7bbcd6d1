"""What a site publishes of its catalog and its record of tags, as values for templates.

`rows` makes the rows of the list, `pages` the pages of images, `filters` puts values into the reader's words.
"""

from imagedocs.publishing.filters import template_filters
from imagedocs.publishing.pages import ImagePages
from imagedocs.publishing.rows import Row, template_values

__all__ = ["ImagePages", "Row", "template_filters", "template_values"]

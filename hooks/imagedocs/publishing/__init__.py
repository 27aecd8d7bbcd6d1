"""What a site publishes of its catalog and its record of tags, as values for templates.

`values` has all that templates are given: `rows` makes the rows of the list, `facts` what it says of each image,
`choices` the questions by which a reader finds one. `pages` has the pages of images, `change_pages` those that say what changed, `filters` puts values into the reader's words.
"""

from imagedocs.publishing.change_pages import ChangePages
from imagedocs.publishing.filters import template_filters
from imagedocs.publishing.page_filters import page_filters
from imagedocs.publishing.pages import ImagePages
from imagedocs.publishing.values import template_values

__all__ = ["ChangePages", "ImagePages", "page_filters", "template_filters", "template_values"]

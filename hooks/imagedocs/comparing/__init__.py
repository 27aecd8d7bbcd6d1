"""Compare two builds of a site: which pages, images and published data changed, as a reader sees them."""

from imagedocs.comparing.differences import Comparison, compare_sites
from imagedocs.comparing.reports import FORMATS, Addresses

__all__ = ["FORMATS", "Addresses", "Comparison", "compare_sites"]

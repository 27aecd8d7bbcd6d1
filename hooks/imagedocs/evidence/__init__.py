"""What the recorded answers of the registry say about the images of the catalog, as values for templates and checks.

`record` says how old the record is and who was asked, `tags` lists the tags of an image, and `support` says how long
one of them is supported.
"""

from imagedocs.evidence.record import RecordState, record_state
from imagedocs.evidence.support import TagSupport, support_on, tag_day
from imagedocs.evidence.tags import TagState, newest_good_tag, tags_of, was_seen

__all__ = [
    "RecordState",
    "TagState",
    "TagSupport",
    "newest_good_tag",
    "record_state",
    "support_on",
    "tag_day",
    "tags_of",
    "was_seen",
]

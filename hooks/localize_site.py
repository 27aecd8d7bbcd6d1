"""Localize the site: build each language as a site of its own, beside the last one, and publish all together."""

from mkdocs.plugins import CombinedEvent

from imagedocs.plugin import assets, audiences, docfx, ending, localize, other_languages, preview
from imagedocs.plugin.build import at

on_startup = ending.end_on_signals
on_shutdown = ending.restore
on_build_error = ending.explain_error

on_config = localize.begin

on_files = CombinedEvent(
    at(110, assets.share_files),  # when there are the theme's files only
    at(100, localize.lay_out_files),
    at(50, other_languages.add_doors),
    at(0, docfx.add_redirects),
    at(-100, localize.leave_nothing_to_make),  # when all others have added their files
)

on_nav = CombinedEvent(
    at(50, other_languages.write_menu),
    at(40, audiences.separate_menus),  # when the menu has all its entries
    at(-200, preview.keep_alive),  # when it is complete
)

on_env = CombinedEvent(
    at(-200, assets.lead_to_shared_files),  # when other plugins have put in their filters
    at(-300, preview.keep_environment),
)

on_page_context = CombinedEvent(
    at(40, audiences.show_menu_of_audience),
    at(0, docfx.show_table_of_page),
)

on_serve = preview.serve

on_post_build = CombinedEvent(
    at(-40, localize.end_site),  # when the search index and everything else is written
    at(-100, localize.publish),  # when it is known what is wrong
    at(-200, assets.publish_shared_files),
)

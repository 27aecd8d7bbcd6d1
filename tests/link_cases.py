"""Cases of links: what authors write, and what is to be found there.

Each case is a page, `docs/en/c/<number>.md`, beside the files of `SHARED`. In its text `«broken-link»` stands where
that problem is to be found, in front of the character that its position names, and is no part of the page; with
`~` (`«~link-empty»`) the problem is one that a browser does not meet: it is in the source, and the built page refers to nothing that
is not there.
"""

import re

SHARED: dict[str, str | bytes] = {
    "docs/en/t/target.md": """\
# Target

## Setup

Text.[^1] And more.[^note]

## Über uns {#über-uns}

Text with `code`{#of-code}, a [link](../index.md){#of-link} and ![a picture](img.png){#of-image}.

## Setup

Text.

## 日本語 見出し

<a name="named"></a> Text. <a id="with-id"></a> Text. <span id="of-span">x</span>

<div id="of-div">

Text.

</div>

<p id='single-quotes'>Text.</p>

<P ID=unquoted>Text.</P>

## Two   spaces & signs: C++/C#

Text.

### <a name="own"></a> Named heading

Text.

## `code` in *a* [heading](folder/index.md)

Text.

## Zwölf 12

Text.

```python {#of-fence}
x = 1
```

# [Tab one](#tab/one)

Text.

# [Tab two](#tab/two)

Text.

---

## Cafe\u0301

Decomposed.

## a%20b <a name="x.y-z"></a>

Text.

## Colons {#x:y-1_2}

Text.

[^1]: One.
[^note]: Two.
""",
    "docs/en/t/folder/index.md": "# Folder\n\n## Inside\n\nText.\n",
    "docs/en/t/folder/sub.md": "# Sub\n\n## Part\n\nText.\n",
    "docs/en/t/readme/README.md": "# Read me\n\n## Part\n\nText.\n",
    "docs/en/t/space name.md": "# Space\n\n## Part\n\nText.\n",
    "docs/en/t/größe.md": "# Size\n\n## Part\n\nText.\n",
    "docs/en/t/cafe\u0301.md": "# Decomposed\n\n## Part\n\nText.\n",
    "docs/en/t/日本語.md": "# 日本語\n\n## Part\n\nText.\n",
    "docs/en/t/a+b&c.md": "# Signs\n\n## Part\n\nText.\n",
    "docs/en/t/100%.md": "# Hundred\n\n## Part\n\nText.\n",
    "docs/en/t/Upper.md": "# Upper\n\n## Part\n\nText.\n",
    "docs/en/t/v1.2.md": "# Version\n\n## Part\n\nText.\n",
    "docs/en/t/draft.md": "# Draft\n\n## Part\n\nText.\n",
    "docs/en/t/excluded.md": "# Excluded\n\n## Part\n\nText.\n",
    "docs/en/t/unlisted.md": "# Unlisted\n\n## Part\n\nText.\n",
    "docs/en/t/img.png": b"",
    "docs/en/t/two words.png": b"",
    "docs/en/t/film.mp4": b"",
    "docs/en/t/data.json": "{}",
    "docs/en/t/paper.pdf": b"",
    "docs/en/t/noext": "x",
    "docs/en/t/.hidden.md": "# Hidden\n",
    "docs/en/t/old/index.html": '<!doctype html><title>x</title><meta http-equiv="refresh" content="0; url=../target/">',
    "docs/en/t/gone/index.html": '<!doctype html><title>x</title><meta http-equiv="refresh" content="0; url=../nowhere/">',
    "docs/en/t/framework.html": '<!DOCTYPE html><DIV @click="go()" id="alpine"><p id="one"class="b"></p><b *ngIf="a" id=three></b></DIV>',
    "docs/en/t/static.html": '<!doctype html><title>x</title><h2 id="in-html">x</h2><a name="in-name"></a>',
    "docs/en/c/img.png": b"",
    "includes/snippets/good.md": "A [link](../../docs/en/t/target.md#setup) and ![picture](media/snippet.png).\n",
    "includes/snippets/media/snippet.png": b"",
    "includes/snippets/anchors.md": '## Included\n\n<a name="from-include"></a> Text.\n',
    ".openpublishing.redirection.json": """{"redirections": [
        {"source_path": "docs/en/t/moved.md", "redirect_url": "target.md"},
        {"source_path": "docs/en/t/moved-away.md", "redirect_url": "https://elsewhere.example/x"},
        {"source_path": "docs/en/t/moved-part.md", "redirect_url": "/t/target#setup"}
    ]}""",
}

SETTINGS = (
    "exclude_docs: |\n  /t/excluded.md\ndraft_docs: |\n  /t/draft.md\nnot_in_nav: |\n  /t/unlisted.md\n"
)

PATHS = {
    "a page": "[x](../t/target.md)",
    "a page that is not there": "[x](«broken-link»../t/targt.md)",
    "the page itself": "[x]({self})",
    "a page in a folder": "[x](../t/folder/sub.md) [y](../t/folder/index.md)",
    "dots": "[x](./../t/./folder/../target.md)",
    "a folder that is not there between dots": "[x](../t/nothing/../target.md)",
    "two slashes": "[x](../t//target.md)",
    "an asset": "[x](../t/data.json) [y](../t/paper.pdf#page=2) [z](../t/noext)",
    "an asset that is not there": "[x](«broken-link»../t/data.yaml)",
    "an asset beside the page": "[x](img.png) ![y](img.png)",
    "a picture that is not there": "![x](«broken-image»../t/img.jpg)",
    "a picture by its address": "![x](../../t/img.png)",
    "a picture that is a page": "![x](«~broken-image»../t/target.md)",
    "a README": "[x](../t/readme/README.md) [y](../../t/readme/)",
    "an index that is a README": "[x](«broken-link»../t/readme/index.md)",
    "a directory address": "[x](../../t/target/)",
    "a directory address with a fragment": "[x](../../t/target/#setup) [y](«broken-anchor»../../t/target/#stup)",
    "a directory address of an index": "[x](../../t/folder/) [y](../../t/folder/#inside)",
    "a directory address without its slash": "[x](../../t/target) [y](../../t/folder)",
    "a directory address from the file": "[x](«broken-link»../t/target/)",
    "a directory address that is not there": "[x](«broken-link»../../t/nothing/)",
    "a directory without an index": "[x](«broken-link»../../t/)",
    "a directory address with index.html": "[x](../../t/target/index.html) [y](../../t/target/index.html#setup)",
    "the home page": "[x](../../) [y](../index.md) [z](../../index.html)",
    "the folder of the page": "[x](.) [y](./) [z](./#)",
    "the parent that has no page": "[x](«broken-link»..)",
    "a file's name as a directory": "[x](../t/target.md/)",
    "an ending .html": "[x](«broken-link»../t/target.html)",
    "an ending .html by the address": "[x](«broken-link»../../t/target.html)",
    "no ending": "[x](«broken-link»../t/target)",
    "another ending": "[x](«broken-link»../t/target.markdown)",
    "a name with dots": "[x](../t/v1.2.md#part) [y](../../t/v1.2/#part)",
    "a static page": "[x](../t/static.html) [y](../t/static.html#in-html) [z](../../t/static.html#in-name)",
    "anchors of a static page that a framework reads": "[x](../t/framework.html#alpine) [y](../t/framework.html#one) [z](../t/framework.html#three)",
    "an anchor of a static page that is not there": "[x](«broken-anchor»../t/static.html#nothing)",
    "a static page that is not there": "[x](«broken-link»../t/statc.html)",
    "a generated file": "[x](../../sitemap.xml) [y](../../404.html)",
    "a file of the theme": "[x](../../assets/images/favicon.png)",
    "a hidden page": "[x](«broken-link»../t/.hidden.md)",
    "an excluded page": "[x](«broken-link»../t/excluded.md)",
    "an excluded page by its address": "[x](«broken-link»../../t/excluded/)",
    "a draft": "[x](«broken-link»../t/draft.md)",
    "a page that is in no navigation": "[x](../t/unlisted.md#part)",
    "out of the docs folder": "[x](«broken-link»../../../README.md)",
    "out of the project": "[x](«broken-link»../../../../../etc/passwd)",
    "another disk": "[x](«broken-link»../../mkdocs.yml)",
    "a backslash": "[x](..\\\\t\\\\target.md)",
    "a fragment of includes": "[x](«broken-link»../../../includes/snippets/good.md)",
    "a picture of includes": "![x](../../../includes/snippets/media/snippet.png)",
    "from the docs folder": "[x](~/t/target.md#setup) [y](«broken-link»~/t/targt.md)",
}

CAPITALS = {
    "other capitals": "[x](«broken-link»../t/Target.md)",
    "other capitals of a folder": "[x](«broken-link»../T/target.md)",
    "small letters for capitals": "[x](«broken-link»../t/upper.md)",
    "the right capitals": "[x](../t/Upper.md)",
    "other capitals of an ending": "[x](«broken-link»../t/target.MD)",
    "other capitals of a picture": "![x](«broken-image»../t/IMG.png)",
    "other capitals of an address": "[x](«broken-link»../../t/Target/)",
    "other capitals of an anchor": "[x](«broken-anchor»../t/target.md#Setup)",
}

ENCODING = {
    "a space": "[x](../t/space%20name.md) [y](<../t/space name.md>) [z](../../t/space%20name/#part)",
    "a space that is not encoded": "text ](../t/space name.md)",
    "a plus for a space": "[x](«broken-link»../t/space+name.md)",
    "signs": "[x](../t/a+b&c.md) [y](../t/a%2Bb%26c.md) [z](../t/a+b&amp;c.md)",
    "a per cent sign": "[x](../t/100%25.md) [y](../t/100%.md)",
    "an umlaut": "[x](../t/größe.md) [y](../t/gr%C3%B6%C3%9Fe.md) [z](../../t/gr%C3%B6%C3%9Fe/)",
    "an umlaut in small hexadecimal letters": "[x](../t/gr%c3%b6%c3%9fe.md#part)",
    "an umlaut in Latin 1": "[x](«broken-link»../t/gr%F6%DFe.md)",
    "a composed name for a decomposed one": "[x](«broken-link»../t/caf\u00e9.md)",
    "a decomposed name for a decomposed one": "[x](../t/cafe\u0301.md) [y](../t/cafe%CC%81.md)",
    "a decomposed name for a composed one": "[x](«broken-link»../t/gro\u0308ße.md)",
    "Japanese": "[x](../t/日本語.md#part) [y](../t/%E6%97%A5%E6%9C%AC%E8%AA%9E.md)",
    "encoded letters": "[x](../t/t%61rget.md)",
    "encoded twice": "[x](«broken-link»../t/space%2520name.md)",
    "a character reference": "[x](../t/t&#97;rget.md) [y](../t/«broken-link»t&#97;rgt.md)".replace(
        "../t/«broken-link»", "«broken-link»../t/"
    ),
    "an escaped bracket": "[x](«broken-link»../t/a\\(b\\).md)",
}

FRAGMENTS = {
    "a heading": "[x](../t/target.md#setup)",
    "a heading that is not there": "[x](«broken-anchor»../t/target.md#set-up)",
    "the second heading of a name": "[x](../t/target.md#setup-1) [y](«broken-anchor»../t/target.md#setup-2)",
    "another tool's second heading": "[x](«broken-anchor»../t/target.md#setup_1)",
    "an own heading": "## Here I am\n\n[x](#here-i-am) [y](«broken-anchor»#here-i-was)",
    "an anchor that follows": "[x](#later)\n\n## Later\n\nText.",
    "an umlaut": "[x](../t/target.md#über-uns) [y](../t/target.md#%C3%BCber-uns)",
    "a decomposed umlaut": "[x](«broken-anchor»../t/target.md#u\u0308ber-uns)",
    "a decomposed heading": "[x](../t/target.md#cafe\u0301) [y](«broken-anchor»../t/target.md#caf\u00e9)",
    "Japanese": "[x](../t/target.md#日本語-見出し) [y](../t/target.md#%E6%97%A5%E6%9C%AC%E8%AA%9E-%E8%A6%8B%E5%87%BA%E3%81%97)",
    "signs in a heading": "[x](../t/target.md#two-spaces--signs-cc) [y](«broken-anchor»../t/target.md#two-spaces-signs-c-c)",
    "code and a link in a heading": "[x](../t/target.md#code-in-a-heading)",
    "the name of a heading": "[x](../t/target.md#own) [y](«broken-anchor»../t/target.md#named-heading)",
    "a name": "[x](../t/target.md#named)",
    "an id": "[x](../t/target.md#with-id) [y](../t/target.md#of-span) [z](../t/target.md#of-div)",
    "an id in single quotes and without": "[x](../t/target.md#single-quotes) [y](../t/target.md#unquoted)",
    "the id of a link, an image, code": "[x](../t/target.md#of-link) [y](../t/target.md#of-image) [z](../t/target.md#of-code)",
    "the id of a code block": "[x](../t/target.md#of-fence)",
    "signs in an id": "[x](../t/target.md#x:y-1_2) [z](../t/target.md#x.y-z) [y](«broken-anchor»../t/target.md#x.y)",
    "a footnote": "[x](../t/target.md#fn:1) [y](../t/target.md#fnref:note) [z](«broken-anchor»../t/target.md#fn:2)",
    "a tab": "[x](../t/target.md#__tabbed_1_2) [y](«broken-anchor»../t/target.md#__tabbed_1_3)",
    "a tab by its name": "[x](«broken-anchor»../t/target.md#tab/one)",
    "a line of code that has no anchor": "[x](«broken-anchor»../t/target.md#__codelineno-0-1)",
    "the theme's search": "[x](../t/target.md#__search) [y](#__drawer) [z](#__toc)",
    "no id of the theme": "[x](«broken-anchor»../t/target.md#__nothing)",
    "the top": "[x](#top) [y](../t/target.md#top) [z](#TOP)",
    "an empty fragment": "[x](#) [y](../t/target.md#)",
    "a text fragment": "[x](../t/target.md#:~:text=Text) [y](#:~:text=a,-b)",
    "a text fragment behind an anchor": "[x](../t/target.md#setup:~:text=x) [y](«broken-anchor»../t/target.md#stup:~:text=x)",
    "a page and an anchor that are not there": "[x](«broken-link»../t/targt.md#stup)",
    "a fragment with a slash": "[x](«broken-anchor»#/route)",
    "an empty page's anchor": "[x](../t/folder/index.md#inside) [y](«broken-anchor»../t/folder/index.md#part)",
    "the title's anchor": "[x](../t/target.md#target)",
    "two number signs": "[x](«broken-anchor»../t/target.md##setup)",
    "a fragment in an attribute": '<a href="../t/target.md#setup">x</a> <a href="«broken-anchor»../t/target.md#stup">y</a>',
    "an anchor in a comment": '<!-- <a name="commented"></a> -->\n\n[x](«broken-anchor»#commented)',
    "an anchor in code": '`<a name="coded"></a>`\n\n[x](«broken-anchor»#coded)',
    "an escaped anchor": '\\<a name="escaped"></a>\n\n[x](«broken-anchor»#escaped)',
    "a name that is none": '<p name="no-name">x</p>\n\n[x](«broken-anchor»#no-name)',
    "an id that is left out": '[x](«broken-anchor»#of-svg)\n\n<svg id="of-svg"></svg>',
    "the id of a closed box": '<details id="closed"><summary>x</summary>\n\nText.\n\n</details>\n\n[x](#closed)',
    "an anchor of an included file": "[!INCLUDE [x](../../../includes/snippets/anchors.md)]\n\n[x](#included) [y](#from-include)",
}

QUERIES = {
    "tabs": "[x](../t/target.md?tabs=one#setup) [y](«broken-anchor»../t/target.md?tabs=one#stup)",
    "a query alone": "[x](?tabs=one) [y](?tabs=one#top)",
    "a query of a page that is not there": "[x](«broken-link»../t/targt.md?tabs=one)",
    "a query of a directory": "[x](../../t/target/?view=a#setup)",
    "a query of a picture": "![x](../t/img.png?raw=true)",
    "an encoded question mark": "[x](«broken-link»../t/target.md%3Ftabs=one)",
    "an ampersand": "[x](../t/target.md?a=1&b=2) [y](../t/target.md?a=1&amp;b=2)",
}

REFERENCES = {
    "full": "[x][ref]\n\n[ref]: ../t/target.md",
    "collapsed and short": "[ref][] and [ref]\n\n[ref]: ../t/target.md",
    "with a title": '[x][ref]\n\n[ref]: <../t/target.md> "Title"',
    "in other capitals": "[x][REF]\n\n[ref]: ../t/target.md",
    "to a page that is not there": "[x][ref]\n\n[ref]: «broken-link»../t/targt.md",
    "with an anchor that is not there": "[x][ref]\n\n[ref]: «broken-anchor»../t/target.md#stup",
    "used twice, reported once": "[x][ref] and [y][ref]\n\n[ref]: «broken-link»../t/targt.md",
    "unused": "Text.\n\n[ref]: ../t/targt.md",
    "defined twice": "[x][ref]\n\n[ref]: ../t/target.md\n[ref]: ../t/targt.md",
    "undefined": "[x][«~undefined-reference»rf]\n\n[ref]: ../t/target.md",
    "undefined with words": "See [the *second* part][«~undefined-reference»second part].",
    "undefined image": "![x][«~undefined-reference»rf]",
    "undefined collapsed": "[«~undefined-reference»rf][]",
    "undefined short, which is text": "[rf] and [x] and [0, 1]",
    "in code": "`[x][rf]` and\n\n```\n[x][rf]\n```",
    "escaped": "\\[x][rf] and [x\\][rf] and [x]\\[rf]",
    "an index": "a[0][1], matrix[i][j] and [1][2]",
    "an image reference": "![x][pic]\n\n[pic]: ../t/img.png",
    "an image reference that is not there": "![x][pic]\n\n[pic]: «broken-image»../t/img.jpg",
    "a definition in a quote": "> [x][q]\n>\n> [q]: «broken-link»../t/targt.md",
    "a definition in a list": "* [x][l]\n\n  [l]: «broken-link»../t/targt.md",
    "a definition on two lines": "[x][ref]\n\n[ref]:\n  «broken-link»../t/targt.md",
    "the label of the target": "[x][../t/targt.md]\n\n[../t/targt.md]: «broken-link»../t/targt.md",
    "a footnote": "x[^1]\n\n[^1]: Text with [a link](../t/target.md).",
    "an undefined footnote": "x«~undefined-footnote»[^9] and y[^1]\n\n[^1]: Text.",
    "a link in a footnote": "x[^1]\n\n[^1]: Text with [a link](«broken-link»../t/targt.md).",
    "an unused footnote": "Text.\n\n[^8]: Text.",
    "a footnote in code": "`[^9]`",
    "an escaped footnote": "x\\[^9]",
    "a class of characters": "Use [^a-z] or [^0-9]+ or [^abc]* for that.",
}

ADDRESSES = {
    "another site": "[x](https://example.com/nothing) <https://example.com/x> https://example.com/y www.example.com",
    "mail": "[x](mailto:a@b.example) <a@b.example> [y](tel:+123)",
    "another scheme": "[x](ftp://example.com/x) [y](vscode:extension/x)",
    "no scheme": "[x](//example.com/x)",
    "an own page": "[x](https://imagedocs.example/t/target/) [y](https://imagedocs.example/t/target/#setup)",
    "an own page that is not there": "[x](«broken-link»https://imagedocs.example/t/targt/)",
    "an own page's anchor that is not there": "[x](«broken-anchor»https://imagedocs.example/t/target/#stup)",
    "an own page in angle brackets": "<«broken-link»https://imagedocs.example/t/targt/>",
    "an own page in text": "see «broken-link»https://imagedocs.example/t/targt/",
    "the own home page": "[x](https://imagedocs.example) [y](https://imagedocs.example/) [z](https://imagedocs.example/?a=b#top)",
    "an own page by its file": "[x](«broken-link»https://imagedocs.example/t/target.md)",
    "an own picture": "![x](https://imagedocs.example/t/img.png) ![y](«broken-image»https://imagedocs.example/t/img.jpg)",
    "an own page without a scheme": "[x](//imagedocs.example/t/target/) [y](«broken-link»//imagedocs.example/t/targt/)",
    "an own page in capitals": "[x](HTTPS://IMAGEDOCS.example/t/target/)",
    "the site in another scheme": "[x](http://imagedocs.example/t/target/)",
    "a host that begins like the own": "[x](https://imagedocs.example.com/t/targt/)",
    "the learn site": "[x](/azure/machine-learning/)",
    "a path from the root to an own page": "[x](/t/target/#setup) [y](«broken-anchor»/t/target/#stup)",
    "no address": "[x](«~broken-link») [y](<«~broken-link»>)",
    "no address of a picture": "![x](«~broken-image»)",
    "no address in an attribute": '<a href="«~broken-link»">x</a>',
    "an attribute without a value": "<a>x</a>",
    "no text": "[](«~link-text-missing»../t/target.md)",
    "a picture for a text": "[![alt](../t/img.png)](../t/target.md)",
    "a picture without a text": "[![](../t/img.png)](«~link-text-missing»../t/target.md)",
    "space for a text": "[ ](«~link-text-missing»../t/target.md)",
    "code for a text": "[`x`](../t/target.md)",
    "no text in HTML": '<a href="«~link-text-missing»../t/target.md"></a>',
    "a label in HTML": '<a href="../t/target.md" aria-label="x"></a> <a href="../t/target.md"><span>x</span></a>',
    "no text and no page": "[](«broken-link»«~link-text-missing»../t/targt.md)",
    "a picture in a link, both wrong": "[![a](«broken-image»../t/img.jpg)](«broken-link»../t/targt.md)",
}

HTML = {
    "a link": '<a href="../t/target.md">x</a> <a href="«broken-link»../t/targt.md">y</a>',
    "a link in single quotes and none": "<a href='«broken-link»../t/targt.md'>x</a> <a href=«broken-link»../t/targt.md>y</a>",
    "a link in capitals": '<A HREF="«broken-link»../t/targt.md">x</A>',
    "a link over two lines": '<a class="x"\n   href="«broken-link»../t/targt.md">x</a>',
    "by the address": '<a href="../../t/target/">x</a> <img src="../../t/img.png" alt="y">',
    "an image": '<img src="../t/img.png" alt="x"> <img alt="y" src="«broken-image»../t/img.jpg">',
    "an image in a block": '<div>\n<img src="«broken-image»../t/img.jpg" alt="x">\n</div>',
    "srcset": '<img src="img.png" srcset="../img.png 2x, «broken-image»img.png 3x" alt="x">',
    "srcset with widths": '<img src="img.png" alt="x" srcset="«broken-image»../../t/none.png 100w,\n  ../../t/img.png 200w">',
    "a picture of sources": '<picture><source srcset="«broken-image»../../t/none.webp" type="image/webp"><img src="../t/img.png" alt="x"></picture>',
    "a film": '<video src="../t/film.mp4" poster="../t/img.png"></video>',
    "a film that is not there": '<video src="«broken-image»../t/flm.mp4" poster="«broken-image»../t/poster.png"></video>',
    "sources of a film": '<video controls><source src="../t/film.mp4"><source src="«broken-image»../t/film.webm"><track src="«broken-image»../t/film.vtt"></video>',
    "a sound": '<audio src="«broken-image»../t/sound.ogg"></audio>',
    "a frame": '<iframe src="../t/static.html"></iframe> <iframe src="«broken-image»../t/none.html"></iframe>',
    "an object": '<object data="«~broken-image»../../t/none.pdf"></object>',
    "an object that is there": '<object data="../../t/paper.pdf"></object>',
    "an embedded file": '<embed src="«~broken-image»../../t/none.pdf">',
    "a style": '<p style="background: url(«~broken-image»../../t/none.png)">x</p>',
    "a style that is there": "<p style=\"background: url('../../t/img.png')\">x</p>",
    "a style element": '<style>\n.x { background: url("«~broken-image»../../t/none.png"); }\n</style>',
    "a style with a comment": "<style>\n/* url(../../t/none.png) */\n.x { background: url(data:image/png;base64,AA==); }\n</style>",
    "an area": '<map name="m"><area href="«broken-link»../t/targt.md" alt="x"></map>',
    "a link in a cell": "| a |\n|---|\n| [x](«broken-link»../t/targt.md) |",
    "a link behind a pipe": "| a | b |\n|---|---|\n| a \\| b | [x](«broken-link»../t/targt.md) |",
    "a link in an item": "* a\n  * [x](«broken-link»../t/targt.md)",
    "a link in a quote": "> a\n> [x](«broken-link»../t/targt.md)",
    "a link in a note": "> [!NOTE]\n> [x](«broken-link»../t/targt.md)",
    "a link in an admonition": '!!! note "A [x](«broken-link»../t/targt.md)"\n\n    [y](«broken-link»../t/targt.md)',
    "a link in a heading": "## A [x](«broken-link»../t/targt.md)\n\nText.",
    "a link in emphasis": "**a [x](«broken-link»../t/targt.md) *b***",
    "a link over two lines of text": "[a\nb](«broken-link»../t/targt.md)",
    "an address on its own line": "[a](\n«broken-link»../t/targt.md\n)",
    "a link with a title": '[x](«broken-link»../t/targt.md "Title (x)")',
    "a link in angle brackets": "[x](<«broken-link»../t/targt.md>)",
    "brackets in the address": "[x](«broken-link»../t/a(b).md)",
    "brackets in the text": "[a [b] \\] c](«broken-link»../t/targt.md)",
    "two in one line": "[x](../t/target.md), [y](«broken-link»../t/a.md), [z](«broken-link»../t/b.md)",
    "behind wide characters": "日本語😀 [x](«broken-link»../t/targt.md)",
    "behind a tab": "a\t[x](«broken-link»../t/targt.md)",
    "the same twice": "[x](«broken-link»../t/targt.md) [x](«broken-link»../t/targt.md)",
    "docfx's image": ':::image type="content" source="«broken-image»../t/img.jpg" alt-text="x":::',
    "docfx's lightbox": ':::image type="content" source="../t/img.png" alt-text="x" lightbox="../t/img.png":::',
    "attributes": '[x](../t/target.md){target="_blank"} [y](«broken-link»../t/targt.md){.x}',
    "an image with attributes": "![x](«broken-image»../t/img.jpg){width=10}",
}

NO_LINKS = {
    "a code span": "`[x](nothing.md)` ``![y](nothing.png)``",
    "a code block": '```\n[x](nothing.md)\n```\n\n~~~html\n<a href="nothing.md">x</a>\n~~~',
    "indented code": "Text:\n\n    [x](nothing.md)",
    "code in a list": "* a\n\n  ```\n  [x](nothing.md)\n  ```",
    "a comment": '<!-- [x](nothing.md) <a href="nothing.md">x</a> -->',
    "a comment over lines": "<!--\n[x](nothing.md)\n\n[y](nothing.md)\n-->",
    "a comment in a line": "a <!-- [x](nothing.md) --> b",
    "escaped": "\\[x](nothing.md) [x\\](nothing.md) [x]\\(nothing.md)",
    "an escaped picture": "\\![x](../t/target.md)",
    "half a link": "[x](nothing.md",
    "a space before the address": "text [x] and (nothing.md)",
    "pre": "<pre>[x](nothing.md)</pre>",
    "code in HTML": '<code>&lt;a href="nothing.md"&gt;</code>',
    "an escaped tag": '\\<a href="nothing.md">x</a>',
    "text like a link": "docs/nothing.md and `../nothing.md` and nothing.md",
    "a task": "* [ ] a\n* [x] b",
    "math": "f[x](y)".replace("f[x](y)", "f\\[x](y)"),
    "data": '<span data-href="nothing.md" title="[x](nothing.md)">x</span>',
}

REDIRECTS = {
    "a page that has moved": "[x](../t/moved.md) [y](../../t/moved/)",
    "an anchor behind a redirect": "[x](../t/moved.md#setup) [y](«broken-anchor»../t/moved.md#stup)",
    "an anchor behind a redirect's address": "[x](../../t/moved/#setup) [y](«broken-anchor»../../t/moved/#stup)",
    "a page that is elsewhere": "[x](../t/moved-away.md) [y](../t/moved-away.md#anything)",
    "a page that is now a part": "[x](../t/moved-part.md)",
    "a stub": "[x](../t/old/index.html) [y](../../t/old/)",
    "an anchor behind a stub": "[x](../../t/old/#setup) [y](«broken-anchor»../../t/old/#stup)",
    "an anchor behind a stub's file": "[x](../t/old/index.html#setup) [y](«broken-anchor»../t/old/index.html#stup)",
    "a stub that leads nowhere": "[x](«broken-link»../../t/gone/)",
}

GROUPS = {
    "paths": PATHS, "capitals": CAPITALS, "encoding": ENCODING, "fragments": FRAGMENTS, "queries": QUERIES,
    "references": REFERENCES, "addresses": ADDRESSES, "html": HTML, "no links": NO_LINKS, "redirects": REDIRECTS,
}  # fmt: skip
CASES = {f"{group}: {name}": text for group, cases in GROUPS.items() for name, text in cases.items()}

_MARK = re.compile(r"«(~?)([a-z-]+)»")


def read_marked(marked: str) -> tuple[str, list[str], int]:
    """The text, the problems that it has (`3:5 broken-link`), and how many of them a browser meets."""
    text, end, expected, dead = "", 0, [], 0
    for match in _MARK.finditer(marked):
        text += marked[end : match.start()]
        end = match.end()
        line, column = text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1
        expected.append(f"{line}:{column} {match[2]}")
        dead += not match[1]
    return text + marked[end:], expected, dead

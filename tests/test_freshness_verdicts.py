"""A source and its translation, changed in one way at a time: the verdict, and the segment that it names."""

import pytest

from freshness_page import SOURCE, TRANSLATED, Edit, verdict
from imagedocs.freshness import State

COSMETIC = {
    "emphasis with other marks": Edit("an *image* with **one**", "an _image_ with __one__"),
    "emphasis taken away": Edit("**one**", "one"),
    "emphasis put in": Edit("never moves", "*never* moves"),
    "a link leads to another anchor": Edit("list.md#images", "list.md#all-images"),
    "a link leads to another page": Edit("(tags.md)", "(about/tags.md)"),
    "a link becomes absolute": Edit("(tags.md)", "(https://docs.example.com/tags)"),
    "a link becomes a link by reference": Edit("[Tags](tags.md)", "[Tags][tags]\n\n[tags]: tags.md\n"),
    "an image lies elsewhere": Edit("media/dialog.png", "images/dialog.png"),
    "a paragraph is wrapped": Edit("one publication. It", "one publication.\nIt"),
    "white space at the end of a line": Edit("It never moves.", "It never moves.  "),
    "blank lines": Edit("It never moves.\n", "It never moves.\n\n\n"),
    "other marks of a list": Edit(
        "* Use a date in production.\n* Use `latest`", "- Use a date in production.\n- Use `latest`"
    ),
    "other numbers of a list": Edit("1. Pull the image.\n1. Test", "2. Pull the image.\n3. Test"),
    "a list with blank lines": Edit("1. Choose a tag.\n", "1. Choose a tag.\n\n"),
    "a heading with closing marks": Edit("## Choose a tag", "## Choose a tag ##"),
    "a heading with a line below": Edit("## Choose a tag\n", "Choose a tag\n------------\n"),
    "a heading with the same id": Edit("## Choose a tag", "## Choose a tag {#choose-a-tag}"),
    "a table aligned otherwise": Edit("| --- | --- |", "| :--- | ----: |"),
    "a table without outer bars": Edit("| small | 1 GB |", "small | 1 GB"),
    "a fence of other marks": Edit(
        "```bash\ndocker pull registry.example.com/team/image:1.0\n```",
        "~~~~bash\ndocker pull registry.example.com/team/image:1.0\n~~~~",
    ),
    "another name of the language of code": Edit("```bash", "```azurecli"),
    "a note in another spelling": Edit(
        "> [!NOTE]\n> The registry doesn't need an account.",
        "> [!note]\n> The registry doesn't need an account.",
    ),
    "an include in another spelling": Edit("[!INCLUDE [the list]", "[!include[a list]"),
    "a typographic apostrophe": Edit("doesn't", "doesn\u2019t"),
    "metadata that no reader sees": Edit("author: someone", "author: someone-else\nms.date: 01/01/2027"),
    "a comment": Edit("## Next steps", "<!-- to do: more -->\n\n## Next steps"),
    "bold as HTML": Edit("**one**", "<strong>one</strong>"),
    "capitals": Edit("## Choose a tag", "## Choose a Tag"),
    "an address with the language in it": Edit("en-us/limits", "limits"),
    "a character reference": Edit("need an account", "need an&#32;account"),
}


@pytest.mark.parametrize("edit", COSMETIC.values(), ids=COSMETIC.keys())
def test_edits_of_the_source_that_no_translator_needs_to_know_of(edit: Edit) -> None:
    found = verdict(edit.on(SOURCE), TRANSLATED)
    assert (found.state, found.changes, found.differences) == (State.FRESH, (), ())


CHANGES = {
    # edit of the source -> state, kind of change, and of what; its line in the translation, and in the source
    "the title": (Edit("title: Use an image", "title: Use one image"), "stale reworded title 2 2"),
    "the description": (Edit("How to use an image.", "Using images."), "stale reworded description 3 3"),
    "the heading of the page": (Edit("# Use an image", "# Use one image"), "stale reworded heading 6 6"),
    "a heading": (Edit("## Choose a tag", "## Find a tag"), "stale reworded heading 13 13"),
    "a heading of another level": (
        Edit("## Choose a tag", "### Choose a tag"),
        "stale added heading 11 13, removed heading 13 0",
    ),
    "a word": (Edit("It never moves", "It seldom moves"), "stale reworded paragraph 15 15"),
    "a sentence more": (
        Edit("It never moves.", "It never moves. It is signed."),
        "stale reworded paragraph 15 15",
    ),
    "a sentence less": (Edit(" It never moves.", ""), "stale reworded paragraph 15 15"),
    "not": (Edit("doesn't need an account", "needs an account"), "stale reworded paragraph 11 11"),
    "a number": (Edit("| 3 GB", "| 4 GB"), "stale reworded row 33 33"),
    "code within a sentence": (
        Edit("and the `latest` tag", "and the `newest` tag"),
        "stale reworded paragraph 8 8",
    ),
    "the text of a link": (Edit("[Tags](tags.md)", "[All tags](tags.md)"), "stale reworded item 46 46"),
    "the alternative text of an image": (
        Edit("![The dialog]", "![The window]"),
        "stale reworded paragraph 35 35",
    ),
    "a paragraph more": (
        Edit("It never moves.\n", "It never moves.\n\nNew.\n"),
        "stale added paragraph 15 17",
    ),
    "a paragraph less": (
        Edit("A tag names one publication. It never moves.\n", ""),
        "stale removed paragraph 15 0",
    ),
    "an item more": (
        Edit("* Use `latest` at home.", "* Use `latest` at home.\n* Ask."),
        "stale added item 18 19",
    ),
    "an item less": (Edit("* Use a date in production.\n", ""), "stale removed item 17 0"),
    "a step more": (Edit("1. Pull the image.", "1. Log in.\n1. Pull the image."), "stale added item 20 21"),
    "steps in another order": (
        Edit("1. Choose a tag.\n1. Pull the image.", "1. Pull the image.\n1. Choose a tag."),
        "stale moved item 20 21",
    ),
    "a row more": (Edit("| large | 3 GB |", "| large | 3 GB |\n| huge | 9 GB |"), "stale added row 33 34"),
    "a row less": (Edit("| small | 1 GB |\n", ""), "stale removed row 32 0"),
    "a column's head": (Edit("| Image | Size |", "| Image | Weight |"), "stale reworded table 30 30"),
    "another kind of note": (Edit("[!NOTE]", "[!WARNING]"), "stale reworded alert 10 10"),
    "a section more": (
        Edit("## Next steps", "## Costs\n\nNone.\n\n## Next steps"),
        "stale added heading 42 44, added paragraph 42 46",
    ),
    "a command": (Edit("docker pull", "podman pull"), "code-changed reworded code 24 24"),
    "an option": (Edit("image:1.0", "image:1.0 --quiet"), "code-changed reworded code 24 24"),
    "one letter of code": (Edit("print(", "Print("), "code-changed reworded code 37 37"),
    "a comment in code": (
        Edit("# Show the version", "# Print the version"),
        "code-changed reworded code 37 37",
    ),
    "the indent in code": (Edit("print(", "  print("), "code-changed reworded code 37 37"),
    "a block of code more": (
        Edit("## Compare images", "```bash\nls\n```\n\n## Compare images"),
        "code-changed added code 24 28",
    ),
    "a link to another page": (Edit("(tags.md)", "(labels.md)"), "stale reworded item 46 46"),
    "an image that is another file": (
        Edit("media/dialog.png", "media/window.png"),
        "stale reworded paragraph 35 35",
    ),
    "capitals of code": (Edit("the `latest` tag", "the `LATEST` tag"), "stale reworded paragraph 8 8"),
    "a block of code in another section": (
        Edit(
            "```bash\ndocker pull registry.example.com/team/image:1.0\n```\n\n## Compare images\n",
            "## Compare images\n\n```bash\ndocker pull registry.example.com/team/image:1.0\n```\n",
        ),
        "stale moved code 24 26",
    ),
    "another include": (Edit("includes/list.md", "includes/table.md"), "stale reworded include 42 42"),
}


@pytest.mark.parametrize(("edit", "expected"), CHANGES.values(), ids=CHANGES.keys())
def test_changes_of_the_source_that_a_reader_would_miss(edit: Edit, expected: str) -> None:
    found = verdict(edit.on(SOURCE), TRANSLATED)
    changes = [
        f"{each.kind} {each.segment.kind} {each.place.line} {each.new.position.line if each.new else 0}"
        for each in found.changes
    ]
    assert f"{found.state} {', '.join(changes)}" == expected
    assert not found.differences


LOSSES = {
    # edit of the translation -> state, what it lacks, of which kind; its line in the translation, and in the source
    "a heading": (
        Edit('## <a name="choose-a-tag"></a>Elegir una etiqueta\n', ""),
        "incomplete missing heading 11 13",
    ),
    "a heading that became a paragraph": (
        Edit('## <a name="choose-a-tag"></a>Elegir', '<a name="choose-a-tag"></a>Elegir'),
        "incomplete missing heading 11 13",
    ),
    "a heading of another level": (
        Edit('## <a name="choose-a-tag">', '### <a name="choose-a-tag">'),
        "incomplete missing heading 11 13",
    ),
    "a paragraph": (
        Edit("Una etiqueta nombra una publicación. No se mueve nunca.\n", ""),
        "incomplete missing paragraph 13 15",
    ),
    "an item": (Edit("* Use una fecha en producción.\n", ""), "incomplete missing item 15 17"),
    "a step": (Edit("1. Pruebe la imagen con una solicitud propia.\n", ""), "incomplete missing item 21 22"),
    "a row": (Edit("| pequeña | 1 GB |\n", ""), "incomplete missing row 30 32"),
    "a note's box": (Edit("> [!NOTE]\n> El registro", "El registro"), "incomplete missing alert 8 10"),
    "another box": (Edit("[!NOTE]", "[!WARNING]"), "incomplete missing alert 8 10"),
    "an image": (
        Edit("![El cuadro de diálogo](media/dialog.png)\n", ""),
        "incomplete missing paragraph 33 35",
    ),
    "an include": (
        Edit("[!INCLUDE [la lista](../../includes/list.md)]\n", ""),
        "incomplete missing include 37 42",
    ),
    "a link": (Edit("la [lista](list.md#images)", "la lista"), "incomplete link paragraph 8 8"),
    "the link of an item": (Edit("[Etiquetas](tags.md)", "Etiquetas"), "incomplete link item 46 46"),
    "a block of code": (
        Edit("```bash\ndocker pull registry.example.com/team/image:1.0\n```\n", ""),
        "incomplete missing code 22 24",
    ),
    "the anchor of a heading": (Edit('<a name="choose-a-tag"></a>', ""), "incomplete anchor heading 13 13"),
    "the anchor of the page": (Edit('<a name="use-an-image"></a>', ""), "incomplete anchor heading 6 6"),
    "a letter of an anchor": (Edit("choose-a-tag", "chose-a-tag"), "incomplete anchor heading 13 13"),
    "a section": (
        Edit(
            '## <a name="next-steps"></a>Pasos siguientes\n\n* [Etiquetas](tags.md)\n'
            "* [Límites](https://learn.microsoft.com/es-es/limits)\n",
            "",
        ),
        "incomplete missing heading 42 44, missing item 42 46, missing item 42 47",
    ),
    "a table": (
        Edit("| Imagen | Tamaño |\n| --- | --- |\n| pequeña | 1 GB |\n| grande | 3 GB |\n", ""),
        "incomplete missing table 28 30, missing row 28 32, missing row 28 33",
    ),
    "a cell": (Edit("| pequeña | 1 GB |", "| pequeña |"), "incomplete cell row 32 32"),
    "the text of a cell": (Edit("| pequeña | 1 GB |", "| | 1 GB |"), "incomplete cell row 32 32"),
    "code within a text": (
        Edit("la etiqueta `latest`", "la etiqueta `ultima`"),
        "code-changed code-span paragraph 8 8",
    ),
    "the place of its code": (
        Edit(
            "```bash\ndocker pull registry.example.com/team/image:1.0\n```\n\n"
            '## <a name="compare-images"></a>Comparar imágenes\n',
            '## <a name="compare-images"></a>Comparar imágenes\n\n'
            "```bash\ndocker pull registry.example.com/team/image:1.0\n```\n",
        ),
        "code-changed code code 26 24",
    ),
    "a command": (Edit("docker pull", "docker run"), "code-changed code code 24 24"),
    "a tag in code": (Edit("image:1.0", "image:1.1"), "code-changed code code 24 24"),
    "code that was translated": (Edit("print(image", "print(imagen"), "code-changed code code 37 37"),
}


@pytest.mark.parametrize(("edit", "expected"), LOSSES.values(), ids=LOSSES.keys())
def test_what_a_translation_has_lost(edit: Edit, expected: str) -> None:
    found = verdict(SOURCE, edit.on(TRANSLATED))
    lacks = [
        f"{each.lack} {each.source.kind} {each.place.line} {each.source.position.line}"
        for each in found.differences
    ]
    assert f"{found.state} {', '.join(lacks)}" == expected
    assert not found.changes


FREEDOM = {
    "a word": Edit("No se mueve nunca", "Jamás se mueve"),
    "a sentence more": Edit("No se mueve nunca.", "No se mueve nunca. Es decir, queda fija."),
    "a paragraph more": Edit("No se mueve nunca.\n", "No se mueve nunca.\n\nNota del traductor.\n"),
    "an item more": Edit("* Use `latest` en casa.", "* Use `latest` en casa.\n* Pregunte."),
    "a link more": Edit("Pruebe la imagen", "Pruebe la [imagen](list.md)"),
    "a link to a page in the reader's language": Edit("(tags.md)", "(https://ejemplo.example/etiquetas)"),
    "items in another order": Edit(
        "* Use una fecha en producción.\n* Use `latest` en casa.",
        "* Use `latest` en casa.\n* Use una fecha en producción.",
    ),
    "an image of its own": Edit("media/dialog.png", "media/dialog.es.png"),
    "a wrapped line": Edit("una publicación. No", "una publicación.\nNo"),
    "emphasis": Edit("**un** comando", "un comando"),
    "metadata": Edit("translation: machine", "translation: human\nauthor: alguien"),
    "a note in another spelling": Edit("> [!NOTE]", "> [!Note]"),
    "an anchor written otherwise": Edit(
        '<a name="choose-a-tag"></a>Elegir una etiqueta', "Elegir una etiqueta {#choose-a-tag}"
    ),
    "an anchor before the heading": Edit(
        '## <a name="choose-a-tag"></a>', '<a id="choose-a-tag"></a>\n\n## '
    ),
    "a heading that is the same in both languages": Edit(
        '<a name="next-steps"></a>Pasos siguientes', "Next steps"
    ),
}


@pytest.mark.parametrize("edit", FREEDOM.values(), ids=FREEDOM.keys())
def test_what_a_translator_may_do(edit: Edit) -> None:
    found = verdict(SOURCE, edit.on(TRANSLATED))
    assert (found.state, found.changes, found.differences) == (State.FRESH, (), ())


def test_a_change_and_its_translation_in_one_commit() -> None:
    """The pin is still that of before; nobody has accepted the translation. The reader is told until then."""
    found = verdict(
        Edit("It never moves.", "It never moves.\n\nIt is signed.").on(SOURCE),
        Edit("No se mueve nunca.", "No se mueve nunca.\n\nEstá firmada.").on(TRANSLATED),
    )
    assert (found.state, len(found.changes), found.differences) == (State.STALE, 1, ())


def test_a_translation_without_headings() -> None:
    """All are missing, and what stood below them is compared all the same."""
    text = "\n".join(line for line in TRANSLATED.split("\n") if "<a name" not in line)
    found = verdict(SOURCE, text)
    assert [each.source.text for each in found.differences] == [
        "Use an image",
        "Choose a tag",
        "Compare images",
        "Next steps",
    ]

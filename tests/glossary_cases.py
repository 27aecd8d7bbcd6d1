"""Sentences and their translations, sound and broken, for the glossary: written before they were first judged.

Each is a page of its own. What is expected of it are the findings, each as `line:column term`; lines are counted from
where the text begins.
"""

from dataclasses import dataclass

GLOSSARY = """\
version: 1
keep:
  - Azure Machine Learning
  - Conda
  - cuDNN
  - Docker
  - Dockerfile
  - GitHub
  - ONNX Runtime
  - pip
  - Python
  - scikit-learn
terms:
  base image:
    es: [imagen base, imágenes base]
    de: Basisimage
    fr: [image de base, images de base]
    ja: ベース イメージ
    ko: 기본 이미지
    zh-Hans: 基础镜像
    pt-BR: [imagem base, imagens base]
  Docker image:
    es: [imagen de Docker, imágenes de Docker]
    de: Docker-Image
    fr: [image Docker, images Docker]
    ja: Docker イメージ
    ko: Docker 이미지
    zh-Hans: Docker 镜像
    pt-BR: [imagem do Docker, imagens do Docker]
  image:
    es: [imagen, imágenes]
    de: Image
    fr: image
    ja: イメージ
    ko: 이미지
    zh-Hans: 镜像
    pt-BR: [imagem, imagens]
  prebuilt:
    es: precompilad
    de: vorgefertigt
    fr: prédéfini
    ja: 構築済み
    ko: 미리 빌드된
    zh-Hans: 预构建
    pt-BR: predefinid
  registry:
    es: registro
    de: Registry
    fr: registre
    ja: レジストリ
    ko: 레지스트리
    zh-Hans: 注册表
    pt-BR: registro
  tag:
    es: etiqueta
    de: Tag
    fr: étiquette
    ja: タグ
    ko: 태그
    zh-Hans: 标签
    pt-BR: tag
"""


@dataclass(frozen=True)
class Case:
    name: str
    tag: str
    source: str
    translation: str
    expected: tuple[str, ...] = ()


def sound(name: str, tag: str, source: str, translation: str) -> Case:
    return Case(name, tag, source, translation)


def broken(name: str, tag: str, source: str, translation: str, *expected: str) -> Case:
    return Case(name, tag, source, translation, expected)


CASES = (
    # German: cases, compounds, hyphens
    sound("genitive", "de", "The size of an image.", "Die Größe eines Images."),
    sound("compound, the term last", "de", "Take an inference image.", "Nehmen Sie ein Inferenzimage."),
    sound("compound, the term first", "de", "A list of images.", "Eine Imageliste."),
    sound("compound of three", "de", "Tags of Docker images.", "Docker-Image-Tags."),
    sound("two terms in one word", "de", "A list of tags of images.", "Eine Imagetagliste."),
    sound("compound genitive", "de", "Of the base image.", "Des Basisimages."),
    broken("another word for image", "de", "Pull the image.", "Laden Sie das Abbild.", "1:1 image"),
    broken("another compound", "de", "Pull the image.", "Laden Sie das Containerabbild.", "1:1 image"),
    broken("the day of the week is no tag", "de", "Choose a tag.", "Wählen Sie am Montag.", "1:1 tag"),
    broken("a short term inside a word", "de", "The tag is old.", "Der Vortag ist alt.", "1:1 tag"),
    sound("adjective with an ending", "de", "A prebuilt image.", "Ein vorgefertigtes Image."),
    sound("adjective at the start", "de", "Prebuilt images.", "Vorgefertigte Images."),
    sound("genitive of a name", "de", "The syntax of Python.", "Die Syntax Pythons."),
    sound("compound with a name", "de", "Install Python packages.", "Installieren Sie Python-Pakete."),
    broken("a name translated", "de", "Run it on Docker.", "Führen Sie es auf dem Hafenarbeiter aus.", "1:1 Docker"),
    sound("a name of words with hyphens", "de", "An ONNX Runtime session.", "Eine ONNX-Runtime-Sitzung."),
    broken("a name in a compound, misspelt", "de", "GitHub actions.", "Github-Aktionen.", "1:1 Github"),
    broken("a name in a compound, small", "de", "A Python package.", "Ein python-Paket.", "1:5 python"),
    sound("a package with a hyphen", "de", "Run docker-compose.", "Starten Sie docker-compose."),
    # Spanish
    sound("plural with an accent", "es", "Pull the images.", "Extraiga las imágenes."),
    sound("plural decomposed", "es", "Pull the images.", "Extraiga las ima\u0301genes."),
    sound("gender and number", "es", "Prebuilt images.", "Imágenes precompiladas."),
    broken("another word for tag", "es", "Choose a tag.", "Elija un rótulo.", "1:1 tag"),
    sound("plural in -ies", "es", "Two registries.", "Dos registros."),
    broken("plural in -ies, not rendered", "es", "Two registries.", "Dos almacenes.", "1:1 registry"),
    broken("only the longer term", "es", "A base image is an image.", "Una imagen base es una foto.", "1:1 image"),
    sound("a term within a longer one", "es", "A base image.", "Una imagen base."),
    broken("a longer term in part", "es", "A base image.", "Una imagen de partida.", "1:1 base image"),
    sound("a term with a name in it", "es", "A Docker image.", "Una imagen de Docker."),
    broken("a term with a name in it, otherwise", "es", "A Docker image.", "Una imagen Docker.", "1:1 Docker image"),
    sound("wrapped in the translation", "es", "A base image here.", "Una imagen\nbase aquí."),
    sound("wrapped in the source", "es", "A base\nimage here.", "Una imagen base aquí."),
    broken("wrapped in the source, otherwise", "es", "A base\nimage here.", "Una imagen inicial aquí.", "1:1 base image"),
    sound("emphasis in the term", "es", "A **base** image.", "Una imagen **base**."),
    sound("no-break space", "es", "A base image.", "Una imagen\u00a0base."),
    broken("a plural of a name", "es", "Write Dockerfiles.", "Escriba archivos de Docker.", "1:1 Dockerfile"),
    sound("a plural of a name, kept", "es", "Write Dockerfiles.", "Escriba Dockerfiles."),
    broken("a name within another name", "es", "Use Docker.", "Use un Dockerfile.", "1:1 Docker"),
    sound("possessive", "es", "Docker's tag.", "La etiqueta de Docker."),
    broken("the second paragraph", "es", "Use a tag.\n\nThe tag is old.", "Use una etiqueta.\n\nEl rótulo es viejo.", "3:1 tag"),
    broken("the sentence is left out", "es", "Wait. Then use a tag.", "Espere.", "1:1 tag"),
    broken(
        "two terms in one paragraph", "es", "An image with a tag.", "Una foto con un rótulo.", "1:1 image", "1:1 tag"
    ),
    broken("name in capitals", "es", "On GitHub.", "En GITHUB.", "1:4 GITHUB"),
    sound("a name without capitals, at the start", "es", "pip installs it.", "Pip lo instala."),
    broken("a name inside a word", "es", "Use pip here.", "Use la pipeta aquí.", "1:1 pip"),
    # French
    sound("elision", "fr", "Pull the image.", "Extrayez l'image."),
    sound("typographic elision", "fr", "The tag of the image.", "L\u2019étiquette de l\u2019image."),
    sound("plural in two places", "fr", "Base images.", "Des images de base."),
    broken("another word inside", "fr", "Pull the image.", "Extrayez l'imagerie.", "1:1 image"),
    sound("capital with an accent", "fr", "Tags", "Étiquettes"),
    sound("agreement", "fr", "Prebuilt images.", "Images prédéfinies."),
    broken("not agreed upon", "fr", "Prebuilt images.", "Images préconstruites.", "1:1 prebuilt"),
    sound("narrow no-break space", "fr", "Azure Machine Learning: a tag.", "Azure\u202fMachine\u202fLearning\u202f: une étiquette."),
    # Portuguese
    sound("plural", "pt-BR", "Pull the images.", "Extraia as imagens."),
    broken("a short term inside words", "pt-BR", "The tag helps.", "A vantagem da montagem.", "1:1 tag"),
    sound("a short term", "pt-BR", "The tags.", "As tags."),
    sound("agreement", "pt-BR", "A prebuilt image.", "Uma imagem predefinida."),
    broken("European Portuguese", "pt-BR", "Choose a tag.", "Escolha uma etiqueta.", "1:1 tag"),
    # Japanese
    sound("no borders", "ja", "Use Docker.", "Dockerを使用します。"),
    sound("compound", "ja", "A container image.", "コンテナーイメージ。"),
    sound("a space less", "ja", "A base image.", "ベースイメージ。"),
    sound("a space wide", "ja", "A base image.", "ベース\u3000イメージ。"),
    sound("half width", "ja", "Choose a tag.", "ﾀｸﾞを選びます。"),
    broken("another word for image", "ja", "Pull the image.", "画像を取得します。", "1:1 image"),
    broken("a name in katakana", "ja", "Use Docker.", "ドッカーを使用します。", "1:1 Docker"),
    broken("only the longer term", "ja", "A base image and an image.", "ベース イメージと画像。", "1:1 image"),
    sound("a name next to a word", "ja", "The tag of the Docker image.", "Dockerイメージのタグ。"),
    # Korean
    sound("particle", "ko", "Pull the image.", "이미지를 끌어옵니다."),
    sound("particle after a name", "ko", "Use Docker.", "Docker를 사용합니다."),
    sound("particle after a term of two words", "ko", "From the base image.", "기본 이미지에서."),
    sound("written without the space", "ko", "From the base image.", "기본이미지에서."),
    broken("another word", "ko", "Choose a tag.", "꼬리표를 고릅니다.", "1:1 tag"),
    broken("a name in Hangul", "ko", "Use Python.", "파이썬을 사용합니다.", "1:1 Python"),
    # Chinese
    sound("no borders", "zh-Hans", "Pull the Docker image.", "拉取Docker镜像。"),
    sound("with a space", "zh-Hans", "Pull the Docker image.", "拉取 Docker 镜像。"),
    broken("another word for image", "zh-Hans", "Pull the image.", "拉取映像。", "1:1 image"),
    broken("traditional characters", "zh-Hans", "Choose a tag.", "选择標籤。", "1:1 tag"),
    broken("misspelt without borders", "zh-Hans", "On GitHub.", "在Github上。", "1:2 Github"),
    # Where it stands
    broken("heading", "es", "## The tag\n\nText.", "## <a name=\"the-tag\"></a>El rótulo\n\nTexto.", "1:26 tag"),
    broken("item", "es", "* A tag\n* Wait", "* Un rótulo\n* Espere", "1:3 tag"),
    broken(
        "cell", "es", "| A | B |\n| --- | --- |\n| x | the tag |", "| A | B |\n| --- | --- |\n| x | el rótulo |", "3:7 tag"
    ),
    broken("alert", "es", "> [!NOTE]\n> Use a tag.", "> [!NOTE]\n> Use un rótulo.", "2:3 tag"),
    broken("alternative text", "es", "![The image](a.png)", "![La foto](a.png)", "1:1 image"),
    broken(
        "alternative text, misspelt", "es", "![On GitHub](a.png)", "![En Github](a.png)", "1:1 Github"
    ),
    broken("text of a link", "es", "See [tags](index.md).", "Consulte [rótulos](index.md).", "1:1 tag"),
    broken("tab", "es", '=== "Tag"\n\n    Text.', '=== "Rótulo"\n\n    Texto.', "1:1 tag"),
    broken("text in HTML", "es", "<div>The tag</div>", "<div>El rótulo</div>", "1:6 tag"),
    broken("text in HTML, misspelt", "es", "<div>On GitHub</div>", "<div>En Github</div>", "1:9 Github"),
    broken("text within a line of HTML", "es", "Use <b>Docker</b>.", "Use <b>Estibador</b>.", "1:1 Docker"),
    # What is no prose
    sound("code span", "es", "Write `image` and `tag`.", "Escriba `image` y `tag`."),
    sound("code span of HTML", "es", "Write <code>docker pull image</code>.", "Escriba <code>docker pull image</code>."),
    sound("key of HTML", "es", "Press <kbd>tag</kbd>.", "Pulse <kbd>tag</kbd>."),
    sound("block of code", "es", "```text\nimage tag docker\n```", "```text\nimage tag docker\n```"),
    sound("address", "es", "See <https://docker.example/image/tag>.", "Vea <https://docker.example/image/tag>."),
    sound("bare address", "es", "See https://docker.example/image/tag now.", "Vea https://docker.example/image/tag ahora."),
    sound("target of a link", "es", "[See](https://example.com/tag/docker)", "[Vea](https://example.com/tag/docker)"),
    sound("attribute", "es", '<div title="docker tag">Wait</div>', '<div title="docker tag">Espere</div>'),
    sound("anchor", "es", '<a id="docker-tag"></a>\n\nWait.', '<a id="docker-tag"></a>\n\nEspere.'),
    sound("comment", "es", "Wait.\n\n<!-- the tag of docker -->", "Espere.\n\n<!-- docker -->"),
    sound("image reference", "es", "Wait for mcr.microsoft.com/docker/image:tag now.", "Espere a mcr.microsoft.com/docker/image:tag."),
    sound("file name", "es", "Open docs/image/tag.md and tag.json.", "Abra docs/image/tag.md y tag.json."),
    sound("option", "es", "Add --tag and --image.", "Añada --tag y --image."),
    sound("placeholder", "es", "Write &lt;tag&gt; there.", "Escriba &lt;tag&gt; ahí."),
    sound("package with its version", "es", "Install scikit-learn==1.5.", "Instale scikit-learn==1.5."),
    sound("no-break hyphen", "es", "Install scikit-learn.", "Instale scikit\u2011learn."),
    sound("text not to be localized", "es", 'Use :::no-loc text="tag":::.', 'Use :::no-loc text="tag":::.'),
    sound("reference", "es", "See [it][docker-tag].\n\n[docker-tag]: index.md", "Vea [esto][docker-tag].\n\n[docker-tag]: index.md"),
    sound("a name that only begins like it", "es", "Use Dockerize and Pythonic code.", "Use Dockerize y código Pythonic."),
    sound("a term that a word contains", "es", "Staging imagery.", "Fase de imaginería."),
    # A second round, written when the first was right
    sound("a name with an apostrophe", "fr", "The Docker registry.", "Le registre d’Docker."),
    sound("plural of a name in French", "fr", "Two Dockerfiles.", "Deux Dockerfiles."),
    broken("a name said otherwise", "fr", "On GitHub.", "Sur la forge.", "1:1 GitHub"),
    broken("one cell of two", "fr", "| tag | tag |\n| --- | --- |\n| x | y |", "| étiquette | balise |\n| --- | --- |\n| x | y |", "1:15 tag"),
    sound("a name at both ends", "ja", "Docker and Python.", "DockerとPython。"),
    broken("katakana with another end", "ja", "Two registries.", "レジストリー。", "1:1 registry"),
    sound("full-width letters", "ja", "Use pip.", "ｐｉｐを使います。"),
    sound("a mark between words", "ja", "A base image.", "ベース・イメージ。"),
    broken("small letters without borders", "ja", "Use Docker.", "dockerを使います。", "1:1 docker"),
    sound("dative", "de", "With prebuilt images.", "Mit vorgefertigten Images."),
    sound("soft hyphen", "de", "The registry.", "Die Re\u00adgistry."),
    sound("plural compound", "de", "Base images.", "Basisimages."),
    broken("only as part of a longer one", "de", "A base image and its image.", "Ein Basisimage und sein Abbild.", "1:1 image"),
    sound("twice in a compound", "de", "A base image and an image.", "Ein Basisimage und ein Image."),
    broken("nested item", "de", "* Wait\n    * The tag", "* Warten\n    * Das Etikett", "2:7 tag"),
    broken("in a step", "ko", "1. Choose a tag.\n1. Wait.", "1. 꼬리표를 고릅니다.\n1. 기다립니다.", "1:4 tag"),
    sound("with the ending of a plural", "ko", "The images.", "이미지들."),
    broken("a name in Hangul next to another", "ko", "Docker and Python.", "도커와 Python.", "1:1 Docker"),
    sound("between quotation marks", "zh-Hans", "The “tag”.", "“标签”。"),
    broken("in a heading", "zh-Hans", "### An image\n\nWait.", '### <a name="an-image"></a>映像\n\n等待。', "1:28 image"),
    sound("colon of full width", "zh-Hans", "Docker: GitHub.", "Docker：GitHub。"),
    sound("slash between words", "pt-BR", "An image/tag pair.", "Um par imagem/tag."),
    broken("slash between words, one lost", "pt-BR", "An image/tag pair.", "Um par imagem/rótulo.", "1:1 tag"),
    sound("a path has no words", "pt-BR", "In ./image/tag or C:\\tag.", "Em ./image/tag ou C:\\tag."),
    sound("a time is no tag", "pt-BR", "At 12:30, see Docker: wait.", "Às 12:30, veja Docker: espere."),
    broken("the name with a colon", "pt-BR", "GitHub: a site.", "Github: um site.", "1:1 Github"),
    sound("the value with a colon", "pt-BR", "Wait.", "Espere docker: ok."),
    broken("parentheses", "pt-BR", "Wait (Docker).", "Espere (docker).", "1:9 docker"),
    sound("brackets of a package", "pt-BR", "Install it.", "Instale python[all]==1.2."),
    sound("a name as a file", "pt-BR", "Open it.", "Abra github.com e .github."),
    broken("end of a sentence", "pt-BR", "Use Docker.", "Use docker.", "1:5 docker"),
    sound("quoted, twice translated", "es", "An image, an image.", "Una imagen y otra."),
    sound("capitals", "es", "TAG", "ETIQUETA"),
    sound("a verb is no noun", "es", "Imaged and tagged.", "Hecho."),
    sound("footnote", "es", "Wait.[^1]\n\n[^1]: The tag.", "Espere.[^1]\n\n[^1]: La etiqueta."),
    broken("footnote", "es", "Wait.[^1]\n\n[^1]: The tag.", "Espere.[^1]\n\n[^1]: El rótulo.", "3:7 tag"),
    sound("an image's name", "es", "| A | B |\n| --- | --- |\n| x | AzureML-sklearn-0.24-cpu-inference-image |", "| A | B |\n| --- | --- |\n| x | AzureML-sklearn-0.24-cpu-inference-image |"),
    broken("beside an image's name", "es", "The image base-image-1.", "La foto base-image-1.", "1:1 image"),
    sound("a paragraph divided", "es", "Use a tag. Then pull the image.\n\nWait.", "Use una etiqueta.\n\nLuego extraiga la imagen.\n\nEspere."),
    sound("paragraphs joined", "es", "Use a tag.\n\nPull the image.\n\nWait here.", "Use una etiqueta. Extraiga la imagen.\n\nEspere aquí."),
    broken("paragraphs joined, a term lost", "es", "Use a tag.\n\nPull the image.\n\nWait here.", "Use un rótulo. Extraiga la imagen.\n\nEspere aquí.", "1:1 tag"),
    broken("behind a footnote", "es", "Wait.[^1]\n\n[^1]: Stop.\n\nThe tag.", "Espere.[^1]\n\n[^1]: Alto.\n\nEl rótulo.", "5:1 tag"),
    broken("title of an alert", "es", '!!! note "The tag"\n\n    Text.', '!!! note "El rótulo"\n\n    Texto.', "1:11 tag"),
    broken("summary", "es", "<details><summary>The tag</summary>Wait</details>", "<details><summary>El rótulo</summary>Espere</details>", "1:19 tag"),
    sound("title of a link", "es", '[It](index.md "The tag")', '[Eso](index.md "El tag")'),
    sound("code in HTML over lines", "es", "<pre>docker tag\nimage</pre>", "<pre>docker tag\nimage</pre>"),
)  # fmt: skip

"""What readers find: queries in each language, put to Material's own search worker in a browser."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from conftest import run_mkdocs
from imagedocs.locales import Locale, load_locales
from imagedocs.material.search import entries_of, language_of, render_index, search_settings
from sampling import sample
from small_project import small_project

pytestmark = pytest.mark.browser

LOCALES = {locale.tag: locale for locale in load_locales(Path(__file__).parent.parent)[0] if locale.published}

HOME = ""
CONCEPT = "concept-prebuilt-docker-images-inference/"
ADD = "how-to-prebuilt-docker-images-inference-python-extensibility/"
EXTEND = "how-to-extend-prebuilt-docker-image-inference/"
TAGS = "tag-policy/"
NEW = "images/minimal-py312-inference/"

EVERYWHERE = [
    ("py312", NEW),
    ("20260316.v1", TAGS),
    ("azureml/minimal-py312-inference", CONCEPT),
    ("minimal-ubuntu22.04-py39-cpu-inference", CONCEPT),
    ("azureml/minimal", CONCEPT),
    ("22.04", CONCEPT),
    ("pytorch 1.10", "images/pytorch-1.10-ubuntu18.04-py37-cpu-inference/"),
    ("minimal-ubuntu20.04-py38-cpu-inference", "images/minimal-ubuntu20.04-py38-cpu-inference/"),
    ("minimal-ubuntu22.04-py39-cpu-inference", "images/minimal-ubuntu22.04-py39-cpu-inference/"),
    ("cuda 11.8", CONCEPT),
    ("AZUREML_EXTRA_REQUIREMENTS_TXT", ADD),
]

QUERIES = {
    "en": [
        ("tag", TAGS), ("tags", TAGS), ("supporting", TAGS), ("digests", TAGS), ("deployments", CONCEPT),
        ("deploying", CONCEPT), ("dependency", CONCEPT), ("extending an image", EXTEND), ("pinned", TAGS),
        ("install package", ADD), ("security update", TAGS), ("Dockerfiles", EXTEND), ("what is latest", TAGS),
        ("pinning a tag", TAGS), ("environment variable", ADD), ("prerequisite", EXTEND), ("workspaces", EXTEND),
        ("preinstalled", ADD), ("non root", ADD), ("nonroot", ADD), ("pre-installed packages", ADD),
    ],
    "es": [
        ("imagenes", CONCEPT), ("imágenes", CONCEPT), ("imagen", EXTEND), ("etiqueta", TAGS), ("etiquetas", TAGS),
        ("actualización", TAGS), ("actualizaciones", TAGS), ("actualizacion", TAGS), ("implementacion", CONCEPT),
        ("contenedores", HOME), ("paquete", ADD), ("soporte tecnico", TAGS), ("digests", TAGS),
        ("extender", EXTEND), ("inferencias", CONCEPT),
        ("instalando", EXTEND), ("extendiendo", EXTEND), ("variables de entorno", ADD), ("fijar una etiqueta", TAGS), ("seis meses", TAGS), ("agregar paquetes", ADD), ("implementado", ADD), ("imágen", CONCEPT), ("publicación", TAGS), ("cuánto tiempo", TAGS),
        ("imagen de contenedor", HOME), ("imagenes precompiladas", CONCEPT), ("politica de etiquetas", TAGS), ("etiqueta mas reciente", TAGS), ("cuanto dura el soporte", TAGS), ("variable de entorno", ADD), ("dependencias", CONCEPT), ("ampliar una imagen", EXTEND), ("punto de conexion", CONCEPT), ("puntos de conexión", CONCEPT), ("compilar imagen", EXTEND), ("paquetes de python", ADD), ("servidor de inferencia", CONCEPT), ("py39", CONCEPT), ("minimal-py312", NEW), ("requisitos previos", EXTEND),
    ],
    "de": [
        ("Image", CONCEPT), ("Images", CONCEPT), ("Bereitstellung", CONCEPT), ("Bereitstellungen", CONCEPT),
        ("Containern", HOME), ("Paket", ADD), ("Paketen", ADD), ("unterstützt", TAGS), ("unterstuetzt", TAGS),
        ("unterstutzt", TAGS), ("Sicherheitsupdate", TAGS), ("erweitern", EXTEND), ("vorgefertigten", CONCEPT),
        ("Tags", TAGS), ("Inferenz", CONCEPT),
        ("Erweiterung", EXTEND), ("Festlegung", TAGS), ("Installation", EXTEND), ("Endpunkt", ADD), ("hinzugefügt", HOME), ("Umgebungsvariable", ADD), ("Abhaengigkeiten", CONCEPT), ("Tag festlegen", TAGS), ("Sicherheitsupdates", TAGS), ("wie lange wird ein Tag unterstützt", TAGS), ("Tagliste", TAGS), ("veroeffentlicht", TAGS),
        ("Containerimage", HOME), ("vorgefertigte Images", CONCEPT), ("Unterstuetzung", TAGS), ("Umgebungsvariablen", ADD), ("Paket hinzufuegen", ADD), ("Pakete hinzufügen", ADD), ("Image erweitern", EXTEND), ("Python-Pakete", ADD), ("Onlineendpunkte", CONCEPT), ("Online-Endpunkt", CONCEPT), ("Inferenzserver", CONCEPT), ("Voraussetzungen", EXTEND), ("sechs Monate", TAGS), ("Abhängigkeit", CONCEPT), ("Basisimage", EXTEND), ("Dockerimage", CONCEPT), ("Dockerimages", CONCEPT), ("Docker Image", CONCEPT), ("Pythonpakete", ADD), ("Python Version", ADD),
    ],
    "fr": [
        ("étiquette", TAGS), ("etiquettes", TAGS), ("deploiement", CONCEPT), ("déploiements", CONCEPT),
        ("predefinie", CONCEPT), ("image prédéfinie", EXTEND), ("conteneurs", HOME), ("etendre", EXTEND),
        ("dependance", CONCEPT), ("package", ADD), ("épingler", TAGS), ("mise à jour", TAGS), ("inférences", CONCEPT),
        ("étendue", EXTEND), ("installation", EXTEND), ("variables d’environnement", ADD), ("déployer un modèle", ADD), ("espace de travail", EXTEND), ("point de terminaison", ADD), ("securite", TAGS), ("prerequis", EXTEND),
        ("images de conteneur", HOME), ("image preconstruite", HOME), ("politique des etiquettes", TAGS), ("variable d'environnement", ADD), ("variables d environnement", ADD), ("ajouter des packages", ADD), ("paquet python", ADD), ("dependances", CONCEPT), ("etendre une image", EXTEND), ("serveur d'inférence", EXTEND), ("points de terminaison en ligne", CONCEPT), ("mises à jour de sécurité", TAGS), ("six mois", TAGS), ("py39", CONCEPT), ("prérequis", EXTEND),
    ],
    "pt-BR": [
        ("imagem", EXTEND), ("imagens", HOME), ("implantação", EXTEND), ("implantações", CONCEPT),
        ("implantacao", CONCEPT), ("contêiner", HOME), ("conteineres", HOME), ("pacote", ADD), ("pacotes", ADD),
        ("versoes", ADD), ("tag", TAGS), ("inferencia", CONCEPT), ("dependencia", CONCEPT), ("estender", EXTEND),
        ("instalação", EXTEND), ("fixando", TAGS), ("estendendo", EXTEND), ("variáveis de ambiente", ADD), ("seis meses", TAGS), ("segurança", TAGS),
        ("imagens de contêiner", HOME), ("politica de tags", TAGS), ("variavel de ambiente", ADD), ("pacotes python", ADD), ("adicionar pacote", ADD), ("dependencias", CONCEPT), ("estender imagem", EXTEND), ("servidor de inferência", CONCEPT), ("ponto de extremidade online", CONCEPT), ("atualizacoes de seguranca", TAGS), ("atualização", TAGS), ("pré-requisitos", EXTEND), ("prerequisitos", EXTEND), ("fixar uma tag", TAGS), ("quanto tempo", TAGS), ("container", HOME), ("pré requisitos", EXTEND), ("preinstalados", ADD),
    ],
    "ja": [
        ("イメージ", HOME), ("タグ", TAGS), ("構築済みイメージ", EXTEND), ("推論サーバー", CONCEPT), ("サーバ", CONCEPT),
        ("コンテナ", HOME), ("コンテナー", HOME), ("セキュリティ更新", TAGS), ("タグを固定する", TAGS), ("固定", TAGS),
        ("デプロイする方法", CONCEPT), ("オンラインエンドポイント", CONCEPT), ("ダイジェスト", TAGS), ("依存関係", CONCEPT),
        ("拡張する", EXTEND),
        ("ﾀｸﾞ", TAGS), ("ﾀﾞｲｼﾞｪｽﾄ", TAGS), ("２２.０４", CONCEPT), ("いつまでサポートされますか", TAGS), ("6か月", TAGS), ("環境変数", ADD), ("パッケージのインストール", EXTEND), ("古いタグ", TAGS), ("エンドポイント", ADD),
        ("コンテナイメージ", HOME), ("コンテナーイメージ", HOME), ("コンテナ イメージ", HOME), ("コンテナ・イメージ", HOME), ("推論サーバ", CONCEPT), ("ｐｙ３１２", NEW), ("イメージを拡張したい", EXTEND), ("Pythonパッケージを追加", ADD), ("パッケージ追加", ADD), ("ユーザ", CONCEPT), ("サポート期間", TAGS), ("事前構築済み", CONCEPT), ("CUDA１１．８", CONCEPT), ("latestタグ", TAGS), ("Dockerイメージ", CONCEPT), ("環境 変数", ADD), ("カスタムコンテナ", CONCEPT), ("カスタムコンテナー", CONCEPT), ("スコアリングスクリプト", ADD), ("オペレーティングシステム", EXTEND), ("パッケージインデックス", ADD), ("ｺﾝﾃﾅｲﾒｰｼﾞ", HOME), ("サービスレベルアグリーメント", ADD), ("ベストプラクティス", ADD),
    ],
    "ko": [
        ("이미지", CONCEPT), ("이미지를", CONCEPT), ("이미지에서", EXTEND), ("태그가", TAGS), ("컨테이너를", HOME),
        ("배포하는 방법", CONCEPT), ("보안 업데이트", TAGS), ("보안업데이트", TAGS), ("지원기간", TAGS), ("미리빌드된", CONCEPT),
        ("패키지를 추가", ADD), ("다이제스트는", TAGS), ("종속성이", CONCEPT), ("Dockerfile을", EXTEND), ("확장하려면", EXTEND),
        ("태그를 고정하려면", TAGS), ("배포할 때", ADD), ("엔드포인트에", ADD), ("지원되지 않는", TAGS), ("환경변수", ADD), ("빌드하지 않고", ADD), ("6개월", TAGS), ("패키지들을", ADD), ("최신 태그", TAGS),
        ("컨테이너이미지", HOME), ("컨테이너 이미지를", HOME), ("미리 빌드된 이미지", CONCEPT), ("태그 정책", TAGS), ("파이썬 패키지", ADD), ("Python 패키지를 추가하려면", ADD), ("이미지를 확장하는 방법", EXTEND), ("추론서버", CONCEPT), ("온라인 엔드포인트에서", CONCEPT), ("환경 변수를", ADD), ("6 개월", TAGS), ("ｐｙ３１２", NEW), ("보안 패치", TAGS), ("다이제스트로", TAGS), ("레지스트리에서", TAGS), ("도커 이미지", HOME),
    ],
    "zh-Hans": [
        ("镜像", HOME), ("标签", TAGS), ("推理", CONCEPT), ("预构建镜像", EXTEND), ("构建镜像", EXTEND), ("自定义容器", CONCEPT), ("机器学习", CONCEPT), ("安全更新", TAGS),
        ("标签支持期限", TAGS), ("镜像的标签", TAGS), ("固定标签", TAGS), ("摘要", TAGS), ("部署模型", CONCEPT), ("依赖项", CONCEPT),
        ("容器启动", EXTEND), ("Python 包", ADD), ("扩展", EXTEND),
        ("如何固定标签", TAGS), ("支持多长时间", TAGS), ("环境变量", ADD), ("部署到终结点", ADD), ("６个月", TAGS), ("安装软件包", EXTEND), ("查找标签", TAGS), ("预构建docker镜像", CONCEPT), ("推理服务器", CONCEPT),
        ("容器镜像", HOME), ("镜像标签策略", TAGS), ("添加Python包", ADD), ("怎么扩展镜像", EXTEND), ("ｐｙ３９", CONCEPT), ("CUDA 11.8镜像", CONCEPT), ("latest 标签", TAGS), ("最新版本", TAGS), ("在线终结点", CONCEPT), ("镜像 标签", TAGS), ("环境变量设置", ADD), ("安全修补", TAGS), ("requirements.txt", ADD), ("生成自己的镜像", EXTEND), ("推断服务器", CONCEPT), ("非root用户", CONCEPT),
    ],
}  # fmt: skip
"""By locale: what a reader types, and a page that must be among the first three found."""

in_each_language = pytest.mark.parametrize(
    "tag", sample(LOCALES, lambda tag: tag in ("es", "de", "ja", "ko"))
)
"""In `make test`, in one language for each way to find words: stems, compounds, characters, particles."""

FOUND_FIRST = 3

LIST = """
<h1 id="images">List</h1>
<h2 id="pytorch">PyTorch</h2>
<table><tr><th>Version</th><th>Path</th></tr>
<tr><td>1.7.0</td><td><code>mcr.microsoft.com/azureml/pytorch-1.7-ubuntu18.04-py37-cpu-inference:latest</code></td></tr>
<tr><td>1.10.2</td><td>mcr.microsoft.com/team/base@sha256:0123abcd</td></tr></table>
<h2 id="tensorflow">TensorFlow</h2>
<table><tr><td>2.4</td><td>azureml/tensorflow-2.4-ubuntu20.04-py38-cuda11.0.3-gpu-inference:20230703.v1</td></tr>
<tr><td>numpy&gt;=1.16.0</td><td>onnxruntime~=1.6</td></tr></table>
"""

NAMES = [
    ("1.7.0", "pytorch"), ("1.7", "pytorch"), ("1.10.2", "pytorch"), ("py37", "pytorch"), ("python 3.7", "pytorch"),
    ("team/base", "pytorch"), ("base", "pytorch"), ("0123abcd", "pytorch"), ("ubuntu18.04", "pytorch"),
    ("18.04", "pytorch"), ("pytorch-1.7-ubuntu18.04-py37-cpu-inference", "pytorch"), ("PyTorch", "pytorch"),
    ("py38", "tensorflow"), ("20230703.v1", "tensorflow"), ("20230703", "tensorflow"), ("cuda11.0.3", "tensorflow"),
    ("11.0.3", "tensorflow"), ("gpu-inference", "tensorflow"), ("azureml/tensorflow", "tensorflow"),
    ("numpy", "tensorflow"), ("1.16.0", "tensorflow"), ("onnxruntime", "tensorflow"), ("tensorf", "tensorflow"),
]  # fmt: skip

ASK = """async ([url, index, queries]) => {
  const worker = new Worker(url)
  const ask = message => new Promise((resolve, reject) => {
    worker.onmessage = event => resolve(event.data)
    worker.onerror = event => reject(new Error(event.message))
    worker.postMessage(message)
  })
  await ask({ type: 0, data: { ...index, options: { suggest: false } } })
  const answers = []
  for (const query of queries) answers.push((await ask({ type: 2, data: query })).data.items)
  worker.terminate()
  return answers
}"""
"""The messages of Material's search worker: setup, ready, query, result."""


@pytest.fixture(scope="module")
def address(site: Path, serve_folder: Callable[[Path], str]) -> str:
    return serve_folder(site)


@pytest.fixture(scope="module")
def page(context_with: Callable[..., BrowserContext], address: str) -> Iterator[Page]:
    page = context_with().new_page()
    page.goto(address)
    yield page
    page.close()


@pytest.fixture(scope="module")
def worker(site: Path) -> str:
    (path,) = site.glob("assets/javascripts/workers/search.*.min.js")
    return f"/{path.relative_to(site)}"


def index_of(site: Path, locale: Locale) -> dict[str, Any]:
    return json.loads((site / locale.url / "search/search_index.json").read_text("utf-8"))


def pages_of(items: list[list[dict[str, Any]]]) -> list[str]:
    """The pages found, best first."""
    return [entries[0]["location"].partition("#")[0] for entries in items]


@in_each_language
def test_readers_find_what_they_look_for(site: Path, page: Page, address: str, worker: str, tag: str) -> None:
    page.goto(f"{address}/{LOCALES[tag].url}")  # where the words are known that say nothing
    queries = QUERIES[tag] + EVERYWHERE
    assert len(QUERIES[tag]) >= 12
    answers = page.evaluate(ASK, [worker, index_of(site, LOCALES[tag]), [query for query, _ in queries]])
    missed = {
        query: pages_of(items)[:FOUND_FIRST]
        for (query, expected), items in zip(queries, answers, strict=True)
        if expected not in pages_of(items)[:FOUND_FIRST]
    }
    assert missed == {}


@in_each_language
def test_names_of_images_tags_and_versions_are_found_in_every_language(
    page: Page, worker: str, tag: str
) -> None:
    locale = LOCALES[tag]
    language = language_of(tag, locale.search)
    settings = search_settings(language, locale.search.language)
    index = json.loads(render_index(entries_of(LIST, "list/", "List"), language, settings))
    answers = page.evaluate(ASK, [worker, index, [query for query, _ in NAMES]])
    best = {}
    for (query, _), items in zip(NAMES, answers, strict=True):
        entries = sorted((entry for entries in items for entry in entries), key=lambda entry: -entry["score"])
        best[query] = entries[0]["location"] if entries else None
    assert best == {query: f"list/#{section}" for query, section in NAMES}


@in_each_language
def test_what_is_nowhere_is_not_found(site: Path, page: Page, worker: str, tag: str) -> None:
    nowhere = ["天气预报", "오징어", "ペンギン", "kartoffelsalat", "py27"]
    answers = page.evaluate(ASK, [worker, index_of(site, LOCALES[tag]), nowhere])
    assert [pages_of(items) for items in answers] == [[]] * len(nowhere)


TYPED = {
    "en": "deploying", "es": "actualizaciones", "de": "bereitstellungen", "fr": "étiquettes", "pt-BR": "implantações",
    "ja": "コンテナー", "ko": "컨테이너", "zh-Hans": "容器",
}  # fmt: skip


@in_each_language
def test_a_word_is_found_all_the_while_it_is_typed(site: Path, page: Page, worker: str, tag: str) -> None:
    word = TYPED[tag]
    typed = [word[:length] for length in range(1, len(word) + 1)]
    answers = page.evaluate(ASK, [worker, index_of(site, LOCALES[tag]), typed])
    assert [text for text, items in zip(typed, answers, strict=True) if not items] == []


def test_a_word_of_many_digits_is_found_beside_short_ones(site: Path, page: Page, worker: str) -> None:
    """Numbers in lunr's tree of words run together with the digits of the words: `1` to node 323 with `1` and `2` to 3."""
    docs = [{"location": "list/", "title": "List", "text": f"x1 x2 z{'1' * 3000}"}]
    (found,) = page.evaluate(ASK, [worker, {**index_of(site, LOCALES["en"]), "docs": docs}, ["z"]])
    assert pages_of(found) == ["list/"]


def search(page: Page, query: str) -> None:
    page.set_default_timeout(5000)
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill(query)
    page.keyboard.press("Shift")  # Material looks at what was typed when a key is let go
    page.wait_for_selector(".md-search-result__item article")


@pytest.mark.parametrize(
    ("tag", "query"),
    sample(
        [
            ("en", "images"),
            ("es", "imágenes"),
            ("de", "unterstuetzt"),
            ("fr", "predefinies"),
            ("pt-BR", "implantacao"),
            ("ja", "構築済みイメージ"),
            ("ko", "지원기간"),
            ("zh-Hans", "预构建镜像"),
        ],
        lambda case: case[0] in ("es", "ja"),
    ),
)
def test_results_show_what_is_in_the_page_and_nothing_else(
    context_with: Callable[..., BrowserContext], address: str, site: Path, tag: str, query: str
) -> None:
    locale = LOCALES[tag]
    page = context_with().new_page()
    page.goto(f"{address}/{locale.url}", wait_until="networkidle")
    search(page, query)
    shown = page.locator(".md-search-result__item").first
    title = re.sub("\u200b", "", shown.locator("h1").first.inner_text())
    assert shown.locator("article").first.locator("del").count() == 0, (
        "the best page lacks a word of the query"
    )
    assert not any("*" in word for word in page.locator(".md-search-result del").all_inner_texts())
    shown.locator("a").first.click()
    page.wait_for_url("**?h=*")
    page.wait_for_load_state("networkidle")
    heading = page.locator("article h1").first
    assert heading.inner_text().strip("¶ ") == title
    assert all(page.locator("article mark").all_inner_texts()), "a mark around nothing"
    page.close()


@pytest.fixture(scope="module")
def partly_translated(
    tmp_path_factory: pytest.TempPathFactory, serve_folder: Callable[[Path], str]
) -> tuple[str, str]:
    """The addresses of a small site in English and in Spanish, where one page is in English."""
    files = {
        "docs/en/guide.md": "# Guide\n\nAbout pinning.\n",
        "docs/es/index.md": "# Inicio\n\nEtiquetas.\n",
    }
    root = small_project(tmp_path_factory.mktemp("partly"), files)
    built = run_mkdocs(root, "build")
    assert built.returncode == 0, built.stderr
    address = serve_folder(root / "site")
    return f"{address}/", f"{address}/es/"


@pytest.mark.parametrize(
    ("number", "query", "lang"), [(1, "pinning", "en"), (1, "etiquetas", ""), (0, "pinning", "")]
)
def test_results_in_another_language_are_marked(
    context_with: Callable[..., BrowserContext],
    partly_translated: tuple[str, str],
    number: int,
    query: str,
    lang: str,
) -> None:
    page = context_with().new_page()
    page.goto(partly_translated[number], wait_until="networkidle")
    search(page, query)
    article = page.locator(".md-search-result__item article").first
    assert article.evaluate("element => [element.lang, element.dir]") == [lang, "ltr" if lang else ""]
    page.close()


@pytest.mark.parametrize("query", ["mcr.microsoft.com/azureml/minimal-py312-inference:latest", "numpy~=1.16"])
def test_a_reference_can_be_pasted(
    context_with: Callable[..., BrowserContext], address: str, query: str
) -> None:
    page = context_with().new_page()
    warnings: list[str] = []
    page.on("console", lambda message: warnings.append(message.text))
    page.goto(address, wait_until="networkidle")
    search(page, query)
    assert page.locator(".md-search-result__item").count() > 0
    assert warnings == []
    page.close()


@in_each_language
def test_the_index_is_small(site: Path, tag: str) -> None:
    """Hidden forms are less than a quarter of what is shown; where words are joined to particles or have no spaces, a
    third."""
    documents = index_of(site, LOCALES[tag])["docs"]
    shown = sum(len(document[name].encode()) for document in documents for name in ("title", "text"))
    hidden = sum(
        len(document.get(name, "").encode())
        for document in documents
        for name in ("title_forms", "text_forms")
    )
    assert hidden < shown / (3 if tag in ("ko", "zh-Hans") else 4)


@pytest.mark.parametrize(
    ("locale", "query"),
    [
        ("", "dockerflie"),
        ("es/", "contenedro"),
        ("de/", "Dockerfiel"),
        ("pt-br/", "Dockerfle"),
        *(("zh-hans/", query) for query in ("鏡像", "標籤", "虛擬環境", "六個月")),
    ],
)
def test_a_slip_and_traditional_characters_find_what_was_meant(
    context_with: Callable[..., BrowserContext], address: str, locale: str, query: str
) -> None:
    page = context_with().new_page()
    page.goto(f"{address}/{locale}", wait_until="networkidle")
    search(page, query)
    page.locator(".md-search-result__item").first.wait_for(timeout=5000)
    page.close()

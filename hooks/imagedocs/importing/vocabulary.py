"""The words of hand-written lists, in the languages that this project is written in and some others.

What a column holds is told by its cells first; words decide where cells could be several things.
"""

import re
import unicodedata
from enum import StrEnum
from typing import Final

from imagedocs.catalog.facts import Absence


class Column(StrEnum):
    """What a column holds."""

    FRAMEWORK = "framework"
    VERSION = "framework version"
    ACCELERATOR = "accelerator"
    PACKAGES = "packages"
    IMAGE = "image"
    ENVIRONMENT = "environment"
    PYTHON = "Python"
    SYSTEM = "operating system"
    CUDA = "CUDA"
    TAG = "tag"
    DIGEST = "digest"


def folded(text: str) -> str:
    """`text` so that spellings of the same words are equal."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _words(text: str) -> tuple[str, ...]:
    return tuple(folded(word) for word in text.split())


# In this order: a "Python version" is not a version of a framework, and an "image tag" no image. The first
# line of each is English, then es, de, fr, ja, ko, zh and pt, as far as the words differ; then it, ru, tr, pl, nl, sv,
# cs and zh-Hant, which many lists are translated into as well.
_HEADERS: Final = (
    (
        Column.PACKAGES,
        _words(
            "package librar dependenc "
            "paquete bibliotec librer paket pakete bibliothek paquet bibliothèque dépendance パッケージ ライブラリ "
            "패키지 라이브러리 包 软件 pacote "
            "pacchett libreri пакет библиотек kitaplı pakiet bibliotek pakket balíč knihovn 套件 程式庫"
        ),
    ),
    (
        Column.ENVIRONMENT,
        _words(
            "environment entorno umgebung environnement 環境 환경 环境 ambiente сред ortam środowisk omgeving miljö prostředí 環境"
        ),
    ),
    (Column.PYTHON, _words("python")),
    (Column.CUDA, _words("cuda")),
    (
        Column.ACCELERATOR,
        _words(
            "cpu gpu accelerator processor device hardware "
            "acelerador procesador beschleuniger prozessor accélérateur processeur アクセラレ プロセッサ 가속기 프로세서 "
            "加速器 处理器 processador acceleratore processore ускорител процессор цп işlemci procesor versnel 處理器"
        ),
    ),
    (
        Column.SYSTEM,
        _words(
            "operating-system os distro distribution "
            "sistema-operativo betriebssystem système-d'exploitation オペレーティング-システム 운영-체제 操作系统 "
            "sistema-operacional операционная-система işletim-sistemi system-operacyjny besturingssysteem "
            "operativsystem operační-systém 作業系統"
        ),
    ),
    (Column.DIGEST, _words("digest sha256 ダイジェスト 다이제스트 摘要 дайджест özet")),
    (Column.TAG, _words("tag tags etiqueta étiquette タグ 태그 标记 标签 marca тег etiket tagg značk 標籤")),
    (
        Column.VERSION,
        _words("version versión バージョン 버전 版本 versão versione верси sürüm wersj versie verze"),
    ),
    (
        Column.FRAMEWORK,
        _words("framework marco フレームワーク 프레임워크 框架 estrutura infrastructure çerçeve ramverk"),
    ),
    (
        Column.IMAGE,
        _words(
            "image path repository uri url "
            "imagen ruta repositorio abbild pfad chemin dépôt référentiel イメージ パス リポジトリ 이미지 경로 리포지토리 "
            "映像 镜像 路径 存储库 仓库 imagem caminho repositório "
            "immagin percors образ путь репозитор görüntü imaj yol obraz ścieżk avbildning sökväg cesta pad 映像檔 路徑 存放庫"
        ),
    ),
)

_VERSIONS: Final = next(words for column, words in _HEADERS if column is Column.VERSION)

_ABSENT: Final = {
    Absence.NOT_APPLICABLE: (
        "na", "n/a", "n.a.", "not applicable", "no aplicable", "no aplica", "nicht zutreffend", "entfällt", "sans objet",
        "s.o.", "s/o", "該当なし", "해당 없음", "해당없음", "不适用", "não aplicável", "não se aplica",
        "non applicabile", "неприменимо", "не применяется", "yok (geçerli değil)", "geçerli değil", "nie dotyczy", "n.v.t.",
        "niet van toepassing", "ej tillämpligt", "不適用",
    ),
    Absence.NONE: (
        "none", "<none>", "no", "nothing", "ninguno", "ninguna", "nada", "kein", "keine", "keines", "keiner", "aucun", "aucune",
        "néant", "なし", "無し", "없음", "无", "没有", "nenhum", "nenhuma",
        "nessuno", "nessuna", "нет", "отсутствует", "yok", "brak", "geen", "inga", "ingen", "žádné", "無", "沒有",
    ),
    Absence.UNKNOWN: (
        "-", "--", "–", "—", "?", "n/d", "n.d.", "nd", "n/v", "unknown", "tbd", "not available", "unavailable", "no disponible",
        "desconocido", "nicht verfügbar", "nicht bekannt", "unbekannt", "non disponible", "indisponible", "inconnu",
        "利用不可", "使用不可", "不明", "사용할 수 없음", "알 수 없음", "不可用", "未知", "não disponível", "indisponível", "desconhecido",
        "non disponibile", "sconosciuto", "н/д", "нет данных", "недоступно", "неизвестно", "bilinmiyor", "kullanılamıyor",
        "b.d.", "niedostępne", "nieznane", "niet beschikbaar", "onbekend", "saknas", "okänd", "není k dispozici", "無法使用",
    ),
}  # fmt: skip
_ABSENT_WORDS: Final = {folded(word): absence for absence, words in _ABSENT.items() for word in words}

_KINDS: Final = {
    "cpu": "cpu", "uc": "cpu", "processor": "cpu", "procesador": "cpu", "prozessor": "cpu", "processeur": "cpu",
    "プロセッサ": "cpu", "프로세서": "cpu", "处理器": "cpu", "processador": "cpu",
    "цп": "cpu", "processore": "cpu", "процессор": "cpu", "işlemci": "cpu", "procesor": "cpu", "處理器": "cpu",
    "гп": "gpu", "графический процессор": "gpu",
    "neuron": "neuron", "neuronx": "neuron", "aws neuron": "neuron", "inferentia": "neuron", "trainium": "neuron",
    "rocm": "rocm", "amd rocm": "rocm", "tpu": "tpu", "xpu": "xpu", "hpu": "hpu", "gaudi": "hpu", "intel gaudi": "hpu",
    "gpu": "gpu", "cuda": "gpu", "nvidia": "gpu", "nvidia gpu": "gpu", "carte graphique": "gpu", "grafikkarte": "gpu",
}  # fmt: skip

_NO_FRAMEWORK: Final = frozenset(
    folded(text)
    for text in (
        "no framework", "without framework", "none", "ningún marco", "sin marco", "kein framework", "ohne framework",
        "aucun framework", "aucune infrastructure", "sans framework", "フレームワークなし", "프레임워크 없음",
        "无框架", "没有框架", "nenhuma estrutura", "sem framework", "sem estrutura", "nenhum framework",
        "pas de framework", "pas d'infrastructure", "nessun framework", "senza framework", "без платформы", "нет платформы",
        "çerçeve yok", "brak platformy", "bez platformy", "geen framework", "inget ramverk", "žádná architektura",
        "沒有架構", "無架構", "沒有框架", "無框架",
    )
)  # fmt: skip


def column_of(header: str) -> Column | None:
    """What a column with this header holds, by the words in it."""
    text = folded(header)
    words = set(re.split(r"[\s/,;:()]+", text))
    for column, known in _HEADERS:
        for word in known:
            phrase = word.replace("-", " ")
            # A short word of Latin letters must stand alone: "os" is not in "costs".
            if (word in words) if len(word) <= 4 and word.isascii() else (phrase in text):
                return column
    return None


def is_only_version(header: str) -> bool:
    """Whether a header speaks of a version and not of what has it: in a list of images that may be the tag."""
    text = folded(header).removeprefix("image ").removeprefix("docker ")
    return any(text.startswith(word) and len(text) <= len(word) + 2 for word in _VERSIONS)


_YES: Final = frozenset(
    folded(word)
    for word in ("yes", "sí", "ja", "oui", "はい", "예", "是", "sim", "sì", "да", "evet", "✓", "✔", "✅")
)
_NO: Final = frozenset(
    folded(word)
    for word in ("no", "nein", "non", "いいえ", "아니요", "否", "não", "нет", "hayır", "✗", "✘", "❌")
)


def kind_by_answer(header: str, text: str) -> str | None:
    """`cpu` or `gpu`, where a column asks for one of them and a cell says yes or no."""
    asked, answer = kind_named(header), folded(text)
    if asked is None or answer in _YES:
        return asked
    return {"cpu": "gpu", "gpu": "cpu"}[asked] if answer in _NO else None


def kind_named(header: str) -> str | None:
    """`cpu` or `gpu`, when a header speaks of one of them and not of the other."""
    named = [kind for kind in ("cpu", "gpu") if kind in folded(header)]
    return named[0] if len(named) == 1 else None


def absence_of(text: str) -> Absence | None:
    """What a cell that says that there is nothing means by it."""
    return _ABSENT_WORDS.get(folded(text))


def kind_of(text: str) -> str | None:
    """`cpu`, `gpu`, or a key of `names.ACCELERATORS`."""
    return _KINDS.get(folded(text))


def is_no_framework(text: str) -> bool:
    return folded(text) in _NO_FRAMEWORK

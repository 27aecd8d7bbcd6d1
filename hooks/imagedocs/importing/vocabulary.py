"""The words of hand-written lists, in the languages that this project is written in.

What a column holds is told by its cells first; words decide where cells could be several things.
"""

import re
import unicodedata
from enum import StrEnum
from typing import Final

from imagedocs.catalog.images import Absence


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
# line of each is English, then es, de, fr, ja, ko, zh and pt, as far as the words differ.
_HEADERS: Final = (
    (
        Column.PACKAGES,
        _words(
            "package librar dependenc "
            "paquete bibliotec librer paket pakete bibliothek paquet bibliothèque dépendance パッケージ ライブラリ "
            "패키지 라이브러리 包 软件 pacote"
        ),
    ),
    (Column.ENVIRONMENT, _words("environment entorno umgebung environnement 環境 환경 环境 ambiente")),
    (Column.PYTHON, _words("python")),
    (Column.CUDA, _words("cuda")),
    (
        Column.ACCELERATOR,
        _words(
            "cpu gpu accelerator processor device hardware "
            "acelerador procesador beschleuniger prozessor accélérateur processeur アクセラレ プロセッサ 가속기 프로세서 "
            "加速器 处理器 processador"
        ),
    ),
    (
        Column.SYSTEM,
        _words(
            "operating-system os distro distribution "
            "sistema-operativo betriebssystem système-d'exploitation オペレーティング-システム 운영-체제 操作系统 "
            "sistema-operacional"
        ),
    ),
    (Column.DIGEST, _words("digest sha256 ダイジェスト 다이제스트 摘要")),
    (Column.TAG, _words("tag tags etiqueta étiquette タグ 태그 标记 标签 marca")),
    (Column.VERSION, _words("version versión バージョン 버전 版本 versão")),
    (Column.FRAMEWORK, _words("framework marco フレームワーク 프레임워크 框架 estrutura infrastructure")),
    (
        Column.IMAGE,
        _words(
            "image path repository uri url "
            "imagen ruta repositorio abbild pfad chemin dépôt référentiel イメージ パス リポジトリ 이미지 경로 리포지토리 "
            "映像 镜像 路径 存储库 仓库 imagem caminho repositório"
        ),
    ),
)

_ABSENT: Final = {
    Absence.NOT_APPLICABLE: (
        "na", "n/a", "n.a.", "not applicable", "no aplicable", "no aplica", "nicht zutreffend", "entfällt", "sans objet",
        "s.o.", "s/o", "該当なし", "해당 없음", "해당없음", "不适用", "não aplicável", "não se aplica",
    ),
    Absence.NONE: (
        "none", "no", "nothing", "ninguno", "ninguna", "nada", "kein", "keine", "keines", "keiner", "aucun", "aucune",
        "néant", "なし", "無し", "없음", "无", "没有", "nenhum", "nenhuma",
    ),
    Absence.UNKNOWN: (
        "-", "--", "–", "—", "?", "n/d", "n.d.", "nd", "n/v", "unknown", "tbd", "not available", "unavailable", "no disponible",
        "desconocido", "nicht verfügbar", "nicht bekannt", "unbekannt", "non disponible", "indisponible", "inconnu",
        "利用不可", "使用不可", "不明", "사용할 수 없음", "알 수 없음", "不可用", "未知", "não disponível", "indisponível", "desconhecido",
    ),
}  # fmt: skip
_ABSENT_WORDS: Final = {folded(word): absence for absence, words in _ABSENT.items() for word in words}

_KINDS: Final = {
    "cpu": "cpu", "uc": "cpu", "processor": "cpu", "procesador": "cpu", "prozessor": "cpu", "processeur": "cpu",
    "プロセッサ": "cpu", "프로세서": "cpu", "处理器": "cpu", "processador": "cpu",
    "gpu": "gpu", "cuda": "gpu", "nvidia": "gpu", "nvidia gpu": "gpu", "carte graphique": "gpu", "grafikkarte": "gpu",
}  # fmt: skip

_NO_FRAMEWORK: Final = frozenset(
    folded(text)
    for text in (
        "no framework", "without framework", "none", "ningún marco", "sin marco", "kein framework", "ohne framework",
        "aucun framework", "aucune infrastructure", "sans framework", "フレームワークなし", "프레임워크 없음",
        "无框架", "没有框架", "nenhuma estrutura", "sem framework", "sem estrutura", "nenhum framework",
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


def absence_of(text: str) -> Absence | None:
    """What a cell that says that there is nothing means by it."""
    return _ABSENT_WORDS.get(folded(text))


def kind_of(text: str) -> str | None:
    """`cpu` or `gpu`."""
    return _KINDS.get(folded(text))


def is_no_framework(text: str) -> bool:
    return folded(text) in _NO_FRAMEWORK

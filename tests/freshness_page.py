"""A page and its translation, with something of every kind, and the verdict on them when they are edited."""

from dataclasses import dataclass

from imagedocs.freshness import Translation, Version, judge, read_pin
from imagedocs.freshness.reading import read_segments
from imagedocs.markdown import Source

SOURCE = """\
---
title: Use an image
description: How to use an image.
author: someone
---
# Use an image

Pull an *image* with **one** command. See the [list](list.md#images) and the `latest` tag.

> [!NOTE]
> The registry doesn't need an account.

## Choose a tag

A tag names one publication. It never moves.

* Use a date in production.
* Use `latest` at home.

1. Choose a tag.
1. Pull the image.
1. Test the image with a request of your own.

```bash
docker pull registry.example.com/team/image:1.0
```

## Compare images

| Image | Size |
| --- | --- |
| small | 1 GB |
| large | 3 GB |

![The dialog](media/dialog.png)

```python
# Show the version
print(image.version)
```

[!INCLUDE [the list](../../includes/list.md)]

## Next steps

* [Tags](tags.md)
* [Limits](https://learn.microsoft.com/en-us/limits)
"""
TRANSLATED = """\
---
title: Usar una imagen
description: Cómo usar una imagen.
translation: machine
---
# <a name="use-an-image"></a>Usar una imagen

Extraiga una *imagen* con **un** comando. Consulte la [lista](list.md#images) y la etiqueta `latest`.

> [!NOTE]
> El registro no necesita cuenta.

## <a name="choose-a-tag"></a>Elegir una etiqueta

Una etiqueta nombra una publicación. No se mueve nunca.

* Use una fecha en producción.
* Use `latest` en casa.

1. Elija una etiqueta.
1. Extraiga la imagen.
1. Pruebe la imagen con una solicitud propia.

```bash
docker pull registry.example.com/team/image:1.0
```

## <a name="compare-images"></a>Comparar imágenes

| Imagen | Tamaño |
| --- | --- |
| pequeña | 1 GB |
| grande | 3 GB |

![El cuadro de diálogo](media/dialog.png)

```python
# Show the version
print(image.version)
```

[!INCLUDE [la lista](../../includes/list.md)]

## <a name="next-steps"></a>Pasos siguientes

* [Etiquetas](tags.md)
* [Límites](https://learn.microsoft.com/es-es/limits)
"""


@dataclass(frozen=True)
class Edit:
    """Each `old` must stand in the text exactly once, and becomes `new`."""

    old: str
    new: str

    def on(self, text: str) -> str:
        assert text.count(self.old) == 1, self.old
        return text.replace(self.old, self.new)


def verdict(source: str, translated: str) -> Translation:
    pinned = Version(read_segments(Source("docs/en/page.md", SOURCE)))
    return judge(
        "docs/es/page.md",
        read_pin(translated),
        read_segments(Source("docs/es/page.md", translated)),
        "docs/en/page.md",
        read_segments(Source("docs/en/page.md", source)),
        pinned,
    )

"""A catalog of another shape than ours: some hundred images of two registries, with typed columns, groups and kinds of
accelerators of its own, and a record of their tags. Made by code, with invented names."""

import json
from collections.abc import Iterator

PUBLIC, PRIVATE = "public.example.com", "123456789012.registry.example.com"

HEAD = f"""\
version: 2
registry: {PUBLIC}
registries: {{private: {PRIVATE}}}
support: {{months: 12, source: the policy of the platform}}
max_age: 30
columns:
  - framework
  - accelerator
  - python
  - name: platform
    title: Platform
    type: list
  - name: end_of_patches
    title: End of patches
    type: date
  - name: size_mb
    title: Size in MB
    type: number
  - name: notes
    title: Release notes
    type: link
  - base_image

frameworks:
  tensor: {{name: Tensor}}
  torch: {{name: Torch}}
  tree: {{name: Tree Boost}}
  learn: {{name: Learn}}

accelerators:
  cpu: {{name: CPU}}
  gpu: {{name: NVIDIA GPU}}
  neuron:
    name: Neuron
    token: neuronx
    libraries: {{neuron_runtime: Neuron Runtime, neuron_compiler: Neuron Compiler}}
  rocm: {{name: ROCm, libraries: {{miopen: MIOpen}}}}

groups:
  on-cpu:
    title: CPU
    accelerator: {{kind: cpu}}
    attributes: {{base_image: Debian 12}}
  on-gpu:
    title: NVIDIA GPU
    accelerator: {{kind: gpu, cuda: "12.4", cudnn: "9.1", nccl: unknown}}
    attributes: {{base_image: Debian 12 with CUDA}}
  on-neuron:
    title: Neuron
    registry: private
    accelerator: {{kind: neuron, version: "2.20", neuron_runtime: "2.22"}}
    attributes: {{base_image: none}}
    support: {{until: 2027-06-30, source: the policy of the platform}}
  on-rocm:
    title: ROCm
    registry: private
    accelerator: {{kind: rocm, version: "6.2", miopen: "3.2"}}
    attributes: {{base_image: unknown}}

images:
"""
KINDS = {"cpu": "", "gpu": "cuda12.4-", "neuron": "neuronx2.20-", "rocm": "rocm6.2-"}
FRAMEWORKS = {"tensor": (9, [*KINDS]), "torch": (9, [*KINDS]), "tree": (8, [*KINDS]), "learn": (5, ["cpu"])}
"""Number of releases of each, and the kinds of accelerators that each release has an image for."""
COUNT = sum(releases * len(kinds) for releases, kinds in FRAMEWORKS.values())


def _images() -> Iterator[tuple[str, str, str, list[str]]]:
    """Yield id, registry, repository, and the lines of each image."""
    number = 0
    for framework, (releases, kinds) in FRAMEWORKS.items():
        for kind in kinds:
            for release in range(releases):
                number += 1
                version = f"2.{release}"
                name = f"{framework}-{version}-{KINDS[kind]}inference"
                registry = PRIVATE if kind in ("neuron", "rocm") else PUBLIC
                lines = [
                    f"group: on-{kind}",
                    f"repository: serving/{name}",
                    f'tags: ["{version}.1-py311", "{version}-py311"]',
                    f'framework: {{name: {framework}, version: "{version}"}}',
                    'python: "3.11"',
                    f"listed: {{from: 202{2 + release % 5}-0{1 + number % 9}-15}}",
                    "attributes:",
                    f"  platform: [Serving{', Batch' if number % 3 else ''}]",
                    f"  end_of_patches: 202{5 + release % 4}-{10 + number % 3}-28",
                    f"  size_mb: {number * 37}{'.5' if number % 2 else ''}",
                    f"  notes: {{url: 'https://docs.example.com/{name}?a=1&b=2', text: 'Notes of {version}'}}",
                ]
                if number == 1:
                    lines += [
                        "known_issues:",
                        f'  - {{tags: ["{version}.1-py311"], text: It cannot find its models., since: 2026-01-10,',
                        f'     fixed_in: "{version}-py311", source: a report}}',
                    ]
                yield f"{framework}-{version}-{kind}", registry, f"serving/{name}", lines


def catalog_text() -> str:
    """Return `catalog/images.yaml` with `COUNT` images."""
    entries = (
        f"  - id: {image_id}\n" + "".join(f"    {line}\n" for line in lines)
        for image_id, _, _, lines in _images()
    )
    return HEAD + "".join(entries)


def registry_text() -> str:
    """Return `catalog/registry.json` with the tags of all images, as the registries have answered."""
    answered = {"seen": [{"date": "2026-11-20", "source": "registry"}]}
    repositories = {
        f"{registry}/{repository}": {
            f"{image_id.split('-')[1]}{patch}-py311": answered for patch in ("", ".1")
        }
        for image_id, registry, repository, _ in _images()
    }
    return json.dumps({"version": 1, "repositories": repositories}, indent=1)

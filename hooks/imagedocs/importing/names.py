"""What the name of a repository says about its images: `xgboost-0.9-ubuntu18.04-py37-cpu-inference`."""

import re
from dataclasses import dataclass
from typing import Final

SYSTEMS: Final = {
    "ubuntu": "Ubuntu",
    "debian": "Debian",
    "alpine": "Alpine Linux",
    "centos": "CentOS",
    "rhel": "Red Hat Enterprise Linux",
    "ubi": "Red Hat Universal Base Image",
    "rockylinux": "Rocky Linux",
    "almalinux": "AlmaLinux",
    "fedora": "Fedora",
    "amzn": "Amazon Linux",
    "amazonlinux": "Amazon Linux",
    "opensuse": "openSUSE",
}
"""Operating systems by what names of images call them."""

ACCELERATORS: Final = {
    "neuron": ("AWS Neuron", "neuronx"),
    "rocm": ("ROCm", "rocm"),
    "tpu": ("TPU", "tpu"),
    "xpu": ("Intel XPU", "xpu"),
    "hpu": ("Intel Gaudi", "hpu"),
}
"""Kinds of accelerators besides `cpu` and `gpu`: their names, and what names of images call them."""
_KIND_WORDS: Final = {"neuronx": "neuron", "gaudi": "hpu"}

_SYSTEM = re.compile(rf"(?<![a-z])({'|'.join(SYSTEMS)})[-_:]?([0-9]+(?:\.[0-9]+)*)")
_PYTHON = re.compile(r"(?<![a-z0-9])py(?:thon)?-?([23])\.?([0-9]{1,2})(?![0-9])")
_CUDA = re.compile(r"(?<![a-z])cuda-?([0-9]+(?:\.[0-9]+)*)")
_SHORT_CUDA = re.compile(r"(?<![a-z])cu([0-9]{1,2})([0-9])(?![0-9])")
_FRAMEWORK = re.compile(r"([a-z][a-z0-9]*)-([0-9]+(?:\.[0-9]+)*)(?:-|$)")
_KIND = re.compile(r"(?<![a-z])(cpu|gpu)(?![a-z])")
_SPECIAL_KIND = re.compile(rf"(?<![a-z])({'|'.join((*_KIND_WORDS, *ACCELERATORS))})(?![a-z])")


@dataclass(frozen=True, slots=True)
class NameFacts:
    """Empty where the name does not say."""

    framework: str = ""
    framework_version: str = ""
    kind: str = ""
    cuda: str = ""
    system: str = ""
    system_version: str = ""
    python: str = ""


def facts_of(name: str) -> NameFacts:
    """What `name`, the last part of a repository or a tag, says."""
    framework, system = _FRAMEWORK.match(name), _SYSTEM.search(name)
    python, cuda = _PYTHON.search(name), cuda_in(name)
    return NameFacts(
        framework=framework[1] if framework else "",
        framework_version=framework[2] if framework else "",
        kind=_kind_in(name, cuda),
        cuda=cuda,
        system=system[1] if system else "",
        system_version=_dotted(system[1], system[2]) if system else "",
        python=f"{python[1]}.{python[2]}" if python else "",
    )


def _kind_in(name: str, cuda: str) -> str:
    """What the image computes on; what is more exact than `gpu` comes first."""
    if special := _SPECIAL_KIND.search(name):
        return _KIND_WORDS.get(special[1], special[1])
    kind = _KIND.search(name)
    return "gpu" if cuda else kind[1] if kind else ""


def cuda_in(text: str) -> str:
    """`11.0.3` for cuda11.0.3, `12.8` for cu128."""
    if found := _CUDA.search(text):
        return found[1]
    short = _SHORT_CUDA.search(text)
    return f"{short[1]}.{short[2]}" if short else ""


def system_in(text: str) -> tuple[str, str]:
    """`("ubuntu", "22.04")` for ubuntu22.04 and "Ubuntu 22.04"."""
    found = _SYSTEM.search("".join(text.lower().split()))
    return (found[1], _dotted(found[1], found[2])) if found else ("", "")


def python_in(text: str) -> str:
    found = _PYTHON.search("".join(text.lower().split()))
    return f"{found[1]}.{found[2]}" if found else ""


def _dotted(system: str, version: str) -> str:
    """Ubuntu's 2204 is 22.04."""
    return (
        f"{version[:2]}.{version[2:]}"
        if system == "ubuntu" and re.fullmatch("[0-9]{4}", version)
        else version
    )

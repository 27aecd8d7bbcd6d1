#!/usr/bin/env python3
"""Fail a pipeline whose base image is withdrawn, or whose tag is known to be bad.

python check_base_images.py https://HOST/api/v0/images.json Dockerfile [MORE FILES]

A file is a Dockerfile, or a list with one image reference on each line; "-" is the standard input. What `FROM` takes
from `ARG` is the default, or what `--build-arg NAME=VALUE` says. Ends with 0 if nothing is wrong, with 1 if an image is
withdrawn or a tag is known to be bad or gone, and with 2 if something couldn't be checked. Needs Python 3.8 or
later, and nothing else.
"""

import argparse
import json
import re
import sys
import urllib.request
from pathlib import Path

FROM = re.compile(r"\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?", re.IGNORECASE)
ARG = re.compile(r"\s*ARG\s+(.*)", re.IGNORECASE)
VALUE = re.compile(r"""(\w+)(?:=("[^"]*"|'[^']*'|\S*))?""")
VARIABLE = re.compile(r"\$(?:(\w+)|\{(\w+)(?::?-([^}]*))?\})")
LOCAL = ("http://127.0.0.1:", "http://localhost:")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", help="address of images.json, with https, or the path of a copy of it")
    parser.add_argument("files", nargs="+", help="Dockerfiles, or lists of references")
    parser.add_argument("--build-arg", action="append", default=[], metavar="NAME=VALUE")
    options = parser.parse_args()
    given = dict(each.partition("=")[::2] for each in options.build_arg)
    try:
        images = load(options.data)
        found = [each for file in options.files for each in references(file, given)]
        codes = [report(*each, images) for each in found]
    except (OSError, ValueError) as error:
        print(f"cannot check: {error}", file=sys.stderr)
        return 2
    except (KeyError, TypeError):
        print(f"cannot check: {options.data} isn't a list of images that this script knows", file=sys.stderr)
        return 2
    print(f"image references: {len(found)}, wrong: {codes.count(1)}, not known: {codes.count(2)}")
    return 1 if 1 in codes else max(codes, default=0)


def load(address):
    """Return the images of the published list."""
    if "://" not in address:
        return json.loads(Path(address).read_text("utf-8"))["images"]
    if not address.startswith(("https://", *LOCAL)):
        raise ValueError(f"{address} could be changed on its way; use https")
    request = urllib.request.Request(address, headers={"User-Agent": "check_base_images"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)["images"]


def references(path, given):
    """Yield place and text of each reference in a file, and the reference; None where a variable has no value."""
    text = sys.stdin.read() if path == "-" else Path(path).read_text("utf-8-sig")
    text = re.sub(r"(?m)^[ \t]*#.*", "", text)
    text = re.sub(r"\\[ \t]*\r?\n", "\v", text)  # a line that goes on
    is_dockerfile = any(map(FROM.match, text.split("\n")))
    number, stages, values = 1, {"scratch"}, {}
    for line in text.split("\n"):
        place, number = f"{path}:{number}", number + 1 + line.count("\v")
        argument, base = ARG.match(line), FROM.match(line)
        if not is_dockerfile and line.strip():
            yield place, line.split()[0], line.split()[0]
        elif is_dockerfile and argument and len(stages) == 1:
            for name, value in VALUE.findall(argument[1]):
                values[name] = given.get(name) or expand(value, values)
        elif is_dockerfile and base:
            reference = expand(base[1], values)
            if reference is None or reference.lower() not in stages:
                yield place, base[1], reference
            stages.add(base[2].lower() if base[2] else place)


def expand(text, values):
    """Return a text with the values of its variables; None when one of them has none."""
    missing = []

    def value(match):
        found = values.get(match[1] or match[2]) or match[3] or ""
        missing.extend([] if found else [match[0]])
        return found

    expanded = VARIABLE.sub(value, text.strip("\"'"))
    return None if missing else expanded


def parts(reference):
    """Return registry and repository, tag and digest of a reference, as Docker reads it."""
    name, _, digest = reference.partition("@")
    head, slash, last = name.rpartition("/")
    last, _, tag = last.partition(":")
    name = f"{head}{slash}{last}"
    host, slash, rest = name.partition("/")
    if not slash or not (re.search("[.:]", host) or host == "localhost"):
        host, rest = "docker.io", name
    if host.lower() in ("docker.io", "index.docker.io"):
        host, rest = "docker.io", rest if "/" in rest else f"library/{rest}"
    return f"{host.lower()}/{rest}", tag or ("" if digest else "latest"), digest


def report(place, written, reference, images):
    """Say what is wrong with a reference, and return the exit code for it."""
    if reference is None:
        print(f"{place}: {written} has no value; give it one with --build-arg NAME=VALUE")
        return 2
    name, tag, digest = parts(reference)
    here = [image for image in images if name in names(image)]
    if not here:
        print(f"{place}: {reference} isn't in the list, and wasn't checked")
        return 0
    exact = [image for image in here if tag in image["tags"] or (digest and digest == image["digest"])]
    said = {}
    for image in exact or here:
        said.update(bad(image, name, tag, digest))
    withdrawn = [image for image in exact or here if image["status"] == "withdrawn"]
    if withdrawn and len(withdrawn) == len(exact or here):
        last = withdrawn[-1]
        until, other = last["listed"]["until"], last["replaced_by"]
        said[f"was withdrawn{f' on {until}' if until else ''}"] = other and f"use {other['reference']}"
    for what, instead in said.items():
        print(f"{place}: {reference} {what}; {instead or 'no replacement is on record'}")
    if not said and any(image["status"] == "deprecated" for image in exact or here):
        print(f"{place}: {reference} is deprecated, and still works")
    return 1 if said else 0


def names(image):
    """Return registry and repository of an image, in each registry that has it."""
    return {parts(f"{host}/{image['repository']}")[0] for host in image["registries"]}


def bad(image, name, tag, digest):
    """Yield what is wrong with a tag or digest of an image, and what to use instead."""
    on_record = [each for each in image["tags_on_record"] if digest and each["digest"] == digest]
    tags = {tag, *(each["tag"] for each in on_record)}
    good = image["newest_good_tag"]
    for issue in image["known_issues"]:
        if tags.intersection(issue["tags"]):
            fixed = issue["fixed_in"] or good
            yield f"is known to be bad: {issue['text']}", fixed and f"use {name}:{fixed}"
    is_recorded = name == parts(image["image"])[0]  # what is gone is known of the first registry
    for gone in image["gone"] if is_recorded else ():
        if (digest and gone["digest"] == digest) or (not digest and gone["tag"] == tag):
            yield "is gone from the registry", good and f"use {name}:{good}"


if __name__ == "__main__":
    sys.exit(main())

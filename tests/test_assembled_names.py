"""Names of images that code puts together from several places, in pages through the real parser."""

from datetime import date

import pytest

from image_problems import page_image_problems
from imagedocs.catalog import Catalog
from imagedocs.markdown import Source, parse
from imagedocs.markdown.targets import NoSources
from imagedocs.problems import Rule
from imagedocs.registry import Repository, TagFacts
from imagedocs.registry.manifest import Manifest

HOST = "cr.example.com"
NAME = f"{HOST}/team/web"
DIGEST = "sha256:" + "a" * 64
MANIFEST = Manifest(
    {
        NAME: Repository(tags={"1.4": TagFacts(digest=DIGEST), "1.10": TagFacts(), "latest": TagFacts()}),
        "docker.io/library/nginx": Repository(tags={"1.27": TagFacts()}),
    }
)


def found(markdown: str) -> list[str]:
    """Return `line:column tag` of each unknown tag, and the rule of any other problem."""
    document = parse(Source("docs/en/page.md", markdown), NoSources()).document
    problems = page_image_problems(document, Catalog(1, HOST, (), ()), MANIFEST, date(2026, 3, 1))
    return [
        f"{problem.position.line}:{problem.position.column} {problem.message.split(chr(34))[1]}"
        if problem.rule is Rule.IMAGE_TAG_UNKNOWN
        else f"{problem.position.line}:{problem.position.column} {problem.rule}"
        for problem in sorted(problems, key=lambda problem: problem.position.line)
    ]


def block(code: str, language: str = "") -> str:
    return f"```{language}\n{code}\n```\n"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param(f"ARG TAG=9.1\nFROM {NAME}:${{TAG}}", ["3:6 9.1"], id="argument"),
        pytest.param(f"ARG R={NAME} T=9.1\nFROM $R:$T AS x", ["3:6 9.1"], id="two arguments on a line"),
        pytest.param(f"ARG T\nFROM {NAME}:${{T:-9.1}}", ["3:6 9.1"], id="default in FROM"),
        pytest.param(f"ARG I={NAME}:9.1\nFROM ${{I}}\nFROM ${{I}}", ["2:7 9.1"], id="whole name, told once"),
        pytest.param(
            f"ARG B={HOST}/team/gone\nFROM $B:1", ["2:7 image-repository-unknown"], id="repository, told once"
        ),
        pytest.param(f'image: "{NAME}:${{T:-9.1}}"', ["2:9 9.1"], id="compose default"),
        pytest.param(f"image: ${{IMAGE:-{NAME}:9.1}}", ["2:8 9.1"], id="compose whole default"),
        pytest.param(f"export TAG=9.1 # now\ndocker pull {NAME}:$TAG", ["3:13 9.1"], id="shell"),
        pytest.param(f'$tag = "9.1"\ndocker pull "{NAME}:$tag"', ["3:14 9.1"], id="PowerShell"),
        pytest.param(f"set TAG=9.1\ndocker pull {NAME}:%TAG%", ["3:13 9.1"], id="command prompt"),
        pytest.param(
            f"R={HOST}\nI=$R/team/web\ndocker run $I:9.1 ls", ["4:12 9.1"], id="variables of variables"
        ),
        pytest.param(f"TAG := 9.1\nx:\n\tdocker pull {NAME}:$(TAG)", ["4:14 9.1"], id="make"),
        pytest.param(
            f"env:\n  TAG: '9.1'\nsteps:\n- run: docker pull {NAME}:${{{{ env.TAG }}}}",
            ["5:20 9.1"],
            id="Actions",
        ),
        pytest.param(f"variables:\n  TAG: '9.1'\na:\n  image: {NAME}:$TAG", ["5:10 9.1"], id="GitLab"),
        pytest.param(f'image:\n  repository: {NAME}\n  tag: "9.1"', ["4:9 9.1"], id="Helm"),
        pytest.param(f"image:\n  tag: 9.1\n  repository: {NAME}", ["3:8 9.1"], id="Helm, tag first"),
        pytest.param(
            f"image:\n  registry: {HOST}\n  repository: team/web\n  pullPolicy: Always\n  tag: v9",
            ["6:8 v9"],
            id="Helm registry",
        ),
        pytest.param(
            f"image:\n  registry: {HOST}\n  repository: team/gone\n  tag: v9",
            ["4:15 image-repository-unknown"],
            id="Helm registry, repository unknown",
        ),
        pytest.param(
            f"image:\n  repository: {HOST}/team/gone\n  tag: v9",
            ["3:15 image-repository-unknown"],
            id="Helm, repository unknown",
        ),
        pytest.param(
            f"a:\n  image:\n    repository: {NAME}\n    tag: v8\nb:\n  image:\n    repository: {NAME}\n    tag: v9",
            ["5:10 v8", "9:10 v9"],
            id="Helm, two images",
        ),
        pytest.param(f"image: {{repository: {NAME}, tag: v9}}", ["2:51 v9"], id="flow mapping"),
        pytest.param(f'{{"repository": "{NAME}", "tag": "v9"}}', ["2:51 v9"], id="JSON in a line"),
        pytest.param(
            f'{{\n  "image": {{\n    "repository": "{NAME}",\n    "tag": "v9"\n  }}\n}}',
            ["5:13 v9"],
            id="JSON",
        ),
        pytest.param(f'repository = "{NAME}"\ntag        = "v9"', ["3:15 v9"], id="HCL"),
        pytest.param(f"imageRepository: {NAME}\nimageTag: v9", ["3:11 v9"], id="keys with image"),
        pytest.param(f"image: {NAME}\ntag: v9", ["3:6 v9"], id="image and tag"),
        pytest.param(
            f"helm install x y \\\n  --set image.repository={NAME} \\\n  --set image.tag=v9",
            ["4:19 v9"],
            id="--set",
        ),
        pytest.param(
            f"helm install x y --set 'image.registry={HOST},image.repository=team/web,image.tag=v9'",
            ["2:91 v9"],
            id="--set with commas",
        ),
        pytest.param(
            f'images:\n- name: web\n  newName: {NAME}\n  newTag: "9.1"', ["5:12 9.1"], id="Kustomize new name"
        ),
        pytest.param(f"images:\n  - name: {NAME}\n    newTag: v9", ["4:13 v9"], id="Kustomize new tag"),
        pytest.param(
            f"images:\n- name: {NAME}\n  digest: sha256:{'b' * 64}",
            ["4:11 image-digest-unknown"],
            id="Kustomize digest",
        ),
        pytest.param("ARG V=9.1\nFROM nginx:$V", ["3:6 9.1"], id="Docker Hub"),
        pytest.param('image:\n  repository: nginx\n  tag: "9.1"', ["4:9 9.1"], id="Docker Hub, Helm"),
    ],
)
def test_a_name_is_put_together_and_told_once_where_its_tag_is(code: str, expected: list[str]) -> None:
    manifest_host = "docker.io" if "nginx" in code else HOST
    assert found_with(manifest_host, block(code)) == expected


def found_with(host: str, markdown: str) -> list[str]:
    return found(markdown) if host == HOST else found_in_hub(markdown)


def found_in_hub(markdown: str) -> list[str]:
    document = parse(Source("docs/en/page.md", markdown), NoSources()).document
    problems = page_image_problems(document, Catalog(1, "docker.io", (), ()), MANIFEST, date(2026, 3, 1))
    return [
        f"{each.position.line}:{each.position.column} {each.message.split(chr(34))[1]}" for each in problems
    ]


@pytest.mark.parametrize(
    "code",
    [
        f"ARG TAG\nFROM {NAME}:${{TAG}}",
        f"ARG TAG=<tag>\nFROM {NAME}:${{TAG}}",
        f"FROM {NAME}:1.4\nARG TAG=9.1\nFROM {NAME}:${{TAG}}",
        f"TAG=$(git rev-parse HEAD)\ndocker pull {NAME}:$TAG",
        f"TAG=v8\nTAG=v9\ndocker pull {NAME}:$TAG",
        f"for TAG in v8 v9; do docker pull {NAME}:$TAG; done",
        f"TAG=1.4\ndocker pull {NAME}:${{TAG:-9.1}}",
        f"TAG=...\ndocker pull {NAME}:${{TAG}}",
        f"docker pull {NAME}:${{TAG:?say which}}",
        f"docker pull {NAME}:${{TAG%-*}}",
        f"services:\n  a:\n    environment:\n      TAG: 9.1\n    image: {NAME}:${{TAG}}",
        f"image:\n  repository: {NAME}\n  tag: {{{{ .Values.tag }}}}",
        f"image:\n  repository: {NAME}\n  tag: <tag>",
        f'image:\n  repository: {NAME}\n  tag: ""',
        f"image:\n  repository: {NAME}\n  tag: 1.4",
        f"image:\n  repository: {NAME}\n  tag: 9.10",
        f"image:\n  repository: {NAME}\nother:\n  tag: v9",
        "image:\n  registry: {{ host }}\n  repository: team/gone\n  tag: v9",
        "image:\n  registry: other.example\n  repository: team/web\n  tag: v9",
        f"image:\n  repository: {NAME}\ngit:\n  repository: team/web\n  tag: v9",
        f"image: {NAME}:1.4\ntag: gpu",
        f"- name: a\n  image: {NAME}:1.4\n- name: b\n  tag: v9",
        f"helm install a b --set image.repository={NAME}\nhelm install c d --set image.tag=v9",
        f"helm install a b --set image.repository={NAME} --set image.tag=$TAG",
        f"images:\n- name: {NAME}\n  newName: mirror.example/web\n  newTag: v9",
        f"images:\n- name: web\n  newName: {NAME}\n- name: x\n  newTag: v9",
        f"curl https://{HOST}/v2/$NAME/tags/list",
    ],
)
def test_what_is_not_certain_is_not_judged(code: str) -> None:
    assert found(block(code)) == []


def test_removed_lines_of_a_change_are_not_judged() -> None:
    change = f"-FROM {NAME}:v8\n+FROM {NAME}:v9\n image:\n   repository: {NAME}\n-  tag: v7\n+  tag: 1.4"
    assert found(block(change, "diff")) == ["3:7 v9"]
    assert found(block(f"@@ -1 +1 @@\n{change}")) == ["4:7 v9"]
    assert found(block(f"- {NAME}:v9", "yaml")) == ["2:3 v9"]


def test_a_file_of_settings_on_the_page_gives_values() -> None:
    compose = block(f"image: {NAME}:${{WEB_TAG}}", "yaml")
    assert found(block("WEB_TAG=v9", "env") + compose) == ["5:8 v9"]
    assert found(block("WEB_TAG=v9") + block("WEB_TAG=v8") + compose) == []


def test_long_lines_are_read_in_linear_time() -> None:
    for line in (
        "a" * 60_000,
        "{a: b " * 20_000,
        "--set a=b," * 10_000,
        "${" * 30_000,
        "- " * 30_000,
        "'" * 60_000,
    ):
        assert found(block(f"tag: x\n{line}")) == []


def test_a_thousand_variables_take_no_time() -> None:
    code = "".join(f"A{n}=$A{n - 1}$A{n - 1}\n" for n in range(1, 300)) + f"docker pull {NAME}:$A299"
    assert found(block(f"A0=xx\n{code}")) == []


@pytest.mark.parametrize(
    "markdown",
    [
        rf"\*\*\* {NAME}:v9",
        f"a &nbsp;&amp; &#x41;**b** {NAME}:v9",
        f"&copy; \\[x\\] &lt;b&gt; :smile: {NAME}:v9",
        f"| a |\n|---|\n| x \\| y {NAME}:v9 |",
        f"| a |\n|---|\n| x \\| y\\* \\| &amp; {NAME}:v9 |",
        f"| a |\n|---|\n| `x \\| y {NAME}:v9` |",
        f"> - a &amp; b\n>   c \\_ {NAME}:v9",
        f"# a \\# &amp; {NAME}:v9",
        f"<p>a &amp; b {NAME}:v9</p>",
        f"see &amp; <https://{NAME}:v9>",
    ],
)
def test_a_name_behind_escapes_is_told_at_its_column(markdown: str) -> None:
    line = markdown.split("\n")[-1]
    assert found(markdown) == [f"{markdown.count(chr(10)) + 1}:{line.index(NAME) + 1} v9"]

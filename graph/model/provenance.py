"""Labels of provenance: documents, their revisions, citations, names, glossaries, resources, loads."""

from __future__ import annotations

from graph.model.types import NodeType, Property, ValueType
from graph.model.vocabulary import DOCUMENT_KINDS, IDENTITY, choice, date, integer, ordinal, text, verbatim

DOCUMENT = NodeType(
    "Document",
    "documents",
    "A file whose facts are in the graph.",
    "sha256 of the file's bytes",
    (
        *IDENTITY,
        text("sha256", "The SHA-256 of the file's bytes, in hexadecimal."),
        text("title", "The document's title."),
        choice("kind", "DocumentKind", DOCUMENT_KINDS, "What kind of document it is, recognised by its content."),
        text("publisher", "Who published it."),
        date("published", "When it was published; for a signed report the date of the opinion."),
        choice(
            "distribution",
            "Distribution",
            ("public", "restricted"),
            "Who may read it, as the text itself states.",
        ),
        text("media_type", "The media type of the file (RFC 6838)."),
        integer("lines", "The number of lines, counted by line feed."),
        integer("pages", "The number of pages, where the file has pages."),
        text("loader", "The loader that read it."),
        text("loader_version", "The version of that loader."),
        text("loaded_facts", "The kinds of fact that its loader looks for.", many=True),
        Property(
            "recency",
            "The date by which documents are ordered: period end, else opinion, else publication.",
            ValueType.DATE,
            internal=True,
            exported=True,
        ),
        Property(
            "stated_facts",
            "How many citations, claims and relationships it states, which tells all of them from some of them.",
            ValueType.INTEGER,
            internal=True,
            exported=True,
        ),
        Property("stated_sha256", "The SHA-256 of all that it states, for the state of a store.", internal=True),
    ),
    lookups=(("sha256",),),
    colour="#4C566A",
    cited=False,
    required=("id", "name", "sha256"),
)

DOCUMENT_REVISION = NodeType(
    "DocumentRevision",
    "documentRevisions",
    "One row of a document's own revision history.",
    "document + ordinal",
    (
        *IDENTITY,
        ordinal("the revisions of the document"),
        date("date", "When the revision was made."),
        verbatim("description", "What the document says that changed."),
    ),
    order=("ordinal",),
    colour="#7B88A1",
    required=("id", "name", "ordinal"),
)

CITATION = NodeType(
    "Citation",
    "citations",
    "The lines of a document that state a fact.",
    "document + lines",
    (
        *IDENTITY,
        integer("first_line", "The first line, counted from 1 by line feed only."),
        integer("last_line", "The last line, counted from 1 by line feed only."),
        integer("page", "The page, where the file has pages."),
        Property("section", "The headings above the lines, outermost first, as written.", many=True, ordered=True),
        verbatim("quote", "The text of the lines; absent where only facts were exported."),
        text("quote_sha256", "The SHA-256 of the quote in UTF-8, in hexadecimal."),
    ),
    order=("first_line", "last_line"),
    colour="#B0B7C3",
    cited=False,
    required=("id", "name", "first_line", "last_line", "quote_sha256"),
)

NAME = NodeType(
    "Name",
    "entityNames",
    "A name that documents use for an entity.",
    "entity + text",
    (
        *IDENTITY,
        text("text", "The name as written."),
        text("folded", "The name with case and runs of spaces folded; names are looked up by it."),
        choice(
            "kind",
            "NameKind",
            ("canonical", "acronym", "former", "variant", "namespace", "misspelt"),
            "What kind of name it is.",
        ),
        date("valid_from", "From when the name was in use."),
        date("valid_to", "Until when the name was in use."),
    ),
    root="entityName",
    colour="#D8DEE9",
    cited=False,
    required=("id", "name", "text", "folded", "kind"),
)

GLOSSARY_TERM = NodeType(
    "GlossaryTerm",
    "glossaryTerms",
    "A term that a document defines.",
    "document + name",
    (*IDENTITY, verbatim("definition", "The definition, as the document words it.")),
    colour="#A3BE8C",
)

RESOURCE = NodeType(
    "Resource",
    "resources",
    "Something on the web that a document refers to.",
    "url",
    (
        *IDENTITY,
        Property("url", "The address, joined where a line break cut it.", ValueType.URL),
        choice(
            "kind",
            "ResourceKind",
            (
                "certificate",
                "report",
                "faq",
                "standard",
                "product_page",
                "program_page",
                "workbook",
                "whitepaper",
                "questionnaire",
                "registry",
                "other",
            ),
            "What stands there, as far as the address or the text says.",
        ),
    ),
    lookups=(("url",),),
    colour="#88C0D0",
    required=("id", "name", "url"),
)

LOAD_RUN = NodeType(
    "LoadRun",
    "loadRuns",
    "One run of loading; the only label that holds a clock.",
    "ordinal",
    (
        *IDENTITY,
        ordinal("the runs on this store"),
        Property("started_at", "When the run began (UTC).", ValueType.DATETIME),
        Property("finished_at", "When the run ended (UTC).", ValueType.DATETIME),
        Property("complete", "Whether every document of the run was loaded.", ValueType.BOOLEAN),
        text("documents", "The SHA-256 of the documents that the run loaded.", many=True),
        integer("nodes", "The number of nodes in the store after the run."),
        integer("relationships", "The number of relationships in the store after the run."),
        text("loader_version", "The version of the loaders."),
    ),
    order=("ordinal",),
    colour="#434C5E",
    cited=False,
    required=("id", "name", "ordinal"),
)

LABELS = (DOCUMENT, DOCUMENT_REVISION, CITATION, NAME, GLOSSARY_TERM, RESOURCE, LOAD_RUN)

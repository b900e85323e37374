/** The GraphiQL page: asks POST /graphql on the origin that served it, and fetches nothing from elsewhere. */
// Loaded with the page, not on demand: esbuild gives the styles of an editor loaded on demand to no page.
import "monaco-graphql/esm/monaco-editor.js";
import { explorerPlugin } from "@graphiql/plugin-explorer";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";

import "@graphiql/react/style.css";
import "graphiql/graphiql.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "@graphiql/plugin-explorer/style.css";
import "./graphiql.css";

const DEFAULT_QUERY = `# Which services are in scope of the two newest
# reports, and on which lines do they say so?
{
  assessments(
    where: {periodEnd: {isNull: false}}
    orderBy: [{periodEnd: DESC}]
    first: 2
  ) {
    nodes {
      name
      periodStart
      periodEnd
      services(first: 5) {
        totalCount
        edges {
          nameAsWritten
          node { name namespaces }
          citations {
            firstLine
            lastLine
            document { title }
          }
        }
      }
    }
  }
}
`;

const WORKERS = new Set(["graphql", "json"]);

globalThis.MonacoEnvironment = {
  getWorker: (_id, label) => {
    const name = WORKERS.has(label) ? label : "editor";
    return new Worker(new URL(`./${name}.worker.js`, import.meta.url), { type: "module" });
  },
};

/** One request; an answer that is not JSON (a proxy's error page) is an error that shows its status and text. */
async function fetcher(request) {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: {
      Accept: "application/graphql-response+json, application/json;q=0.9",
      "Content-Type": "application/json",
    },
    body: JSON.stringify(request),
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${response.status} ${response.statusText}: ${text.slice(0, 500)}`);
  }
}

const parameters = new URLSearchParams(window.location.search);

createRoot(document.getElementById("graphiql")).render(
  <GraphiQL
    fetcher={fetcher}
    defaultQuery={DEFAULT_QUERY}
    initialQuery={parameters.get("query") ?? undefined}
    initialVariables={parameters.get("variables") ?? undefined}
    isHeadersEditorEnabled={false}
    plugins={[explorerPlugin()]}
  >
    <GraphiQL.Logo>
      <a className="home" href="/">compliance-graph</a>
    </GraphiQL.Logo>
  </GraphiQL>,
);

/** The SPARQL page: asks /sparql on the origin that served it, and fetches nothing from elsewhere. */
import Yasgui from "@zazuko/yasgui";

import "@zazuko/yasgui/build/yasgui.min.css";
import "./sparql.css";

const FIRST = `# Which services are in scope of which assessment,
# and on which lines do the documents say so?
PREFIX cg: <https://w3id.org/compliance-graph/ontology#>

SELECT ?service ?assessment ?document ?firstLine ?lastLine WHERE {
  ?statement a cg:InScopeOfStatement ;
    cg:subject/cg:name ?service ;
    cg:object/cg:name ?assessment ;
    cg:citation ?citation .
  ?citation cg:firstLine ?firstLine ; cg:lastLine ?lastLine ; cg:fromDocument/cg:title ?document .
}
ORDER BY ?assessment ?service
LIMIT 25
`;

// The completers of prefixes, classes and properties ask other hosts.
Yasgui.Yasqe.defaults.autocompleters.splice(0, Infinity, "variables");

const yasgui = new Yasgui(document.getElementById("sparql"), {
  requestConfig: {
    endpoint: new URL("/sparql", window.location.href).href,
    method: "POST",
    acceptHeaderSelect: "application/sparql-results+json",
    acceptHeaderGraph: "text/turtle",
  },
  copyEndpointOnNewTab: false,
  endpointCatalogueOptions: { getData: () => [] },
  yasqe: { value: FIRST, prefixCcApi: null, createShortLink: undefined },
});

const hint = document.getElementById("hint");
const heard = new WeakSet();

/** What the server says beside an answer of a misspelt term stands above it until the next query. */
function showHints(tab) {
  const yasqe = tab?.getYasqe();
  if (!yasqe || heard.has(yasqe)) return;
  heard.add(yasqe);
  yasqe.on("query", () => (hint.textContent = ""));
  yasqe.on("queryResponse", (_yasqe, response) => (hint.textContent = response.headers?.get("Query-Hint") ?? ""));
}

yasgui.on("queryBefore", (_yasgui, tab) => showHints(tab));
showHints(yasgui.getTab());

/** Each saved question opens in a tab of its own. */
async function offerExamples(choice) {
  const response = await fetch("/sparql/examples.json");
  if (!response.ok) return;
  const { examples } = await response.json();
  choice.append(...examples.map(({ title }, place) => new Option(title, String(place))));
  choice.addEventListener("change", () => {
    const chosen = examples[Number(choice.value || -1)];
    if (chosen) yasgui.addTab(true, { ...Yasgui.Tab.getDefaults(yasgui), name: chosen.name, yasqe: { value: chosen.sparql } });
    choice.value = "";
  });
}

offerExamples(document.getElementById("examples"));

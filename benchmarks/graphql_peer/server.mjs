// The peer: @neo4j/graphql under Apollo Server, as its manual sets it up.
//
// usage: node server.mjs TYPE_DEFINITIONS BOLT_URL PORT
// A request with the header x-profile answers what its statements cost, in the response's extensions.

import { readFileSync } from "node:fs";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { Neo4jGraphQL } from "@neo4j/graphql";
import neo4j from "neo4j-driver";

const [definitions, address, port] = process.argv.slice(2);
const driver = neo4j.driver(address);
const features = { filters: { String: { GT: true } } };
const made = new Neo4jGraphQL({ typeDefs: readFileSync(definitions, "utf8"), driver, features });

const hits = (plan) => (plan.dbHits ?? 0) + (plan.children ?? []).reduce((sum, child) => sum + hits(child), 0);

// A session whose statements run under PROFILE; what they cost is gathered in `found`.
function profiled(found) {
  const session = driver.session({ defaultAccessMode: neo4j.session.READ });
  const transaction = session.beginTransaction();
  const run = transaction.run.bind(transaction);
  transaction.run = async (text, values) => {
    const result = await run(`PROFILE ${text}`, values);
    found.statements += 1;
    found.hits += Number(hits(result.summary.profile));
    return result;
  };
  return transaction;
}

const telling = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response, contextValue }) => {
      if (!contextValue.found) return;
      response.body.singleResult.extensions = { found: contextValue.found };
      await contextValue.executionContext.rollback();
    },
  }),
};

const server = new ApolloServer({ schema: await made.getSchema(), introspection: false, plugins: [telling] });
const context = async ({ req }) => {
  if (!req.headers["x-profile"]) return {};
  const found = { statements: 0, hits: 0 };
  return { found, executionContext: profiled(found) };
};
await startStandaloneServer(server, { listen: { host: "127.0.0.1", port: Number(port) }, context });
console.log("ready");

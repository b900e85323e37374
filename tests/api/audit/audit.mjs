// The audits of the GraphQL-over-HTTP specification against the server whose address is given, as JSON.
import { serverAudits } from 'graphql-http';

const results = [];
for (const { fn } of serverAudits({ url: process.argv[2] })) {
  const { id, name, status, reason } = await fn();
  results.push({ id, name, status, reason });
}
console.log(JSON.stringify(results));

// The rules of graphql-eslint for schemas, all of them, Relay's among them; each that is off or changed has its reason.
import graphql from '@graphql-eslint/eslint-plugin';

const { rules: all } = graphql.configs['flat/schema-all'];
const { rules: relay } = graphql.configs['flat/schema-relay'];

export default [
  {
    files: ['**/*.graphql'],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: './schema.graphql' } } },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...all,
      ...relay,
      // The schema is printed in the order of code points; the rule sorts as dictionaries do.
      '@graphql-eslint/alphabetize': 'off',
      // Every node has a `name`, and one of the model's labels is Name.
      '@graphql-eslint/no-typename-prefix': 'off',
      // A list by score is read forward alone, which Relay allows; that all others have both ways is a test of its own.
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
      // A connection has `nodes` beside `edges`; lists of values are no connections.
      '@graphql-eslint/relay-edge-types': [
        'error',
        { withEdgeSuffix: true, shouldImplementNode: true, listTypeCanWrapOnlyEdgeType: false },
      ],
      // A list is empty, not null; a client need not ask whether one is there.
      '@graphql-eslint/require-nullable-result-in-root': 'off',
      // Nodes have an id; pages, edges, counts and what is computed from them have none.
      '@graphql-eslint/strict-id-in-types': 'off',
    },
  },
];

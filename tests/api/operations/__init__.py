"""Random valid operations over the printed schema, answered by every store and by a plain executor over dicts.

The executor is graphql-core's own on `build_schema(schema.graphql)`, with resolvers that read a graph in dicts as the
words of the schema say. It shares the declaration of the model with the API, and nothing else: no plan, no Selection,
no store. What it does not know of the schema is named in `knowledge.LEFT_OUT`, with the reason, or fails a test.
"""

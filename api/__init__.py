"""The GraphQL API and the pages, over HTTP."""

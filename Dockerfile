# The API as docker-compose.yml runs it. Not built here: the machine it was written on has no container engine.
FROM python:3.11-slim

WORKDIR /srv/compliance-graph
RUN useradd --create-home --uid 10001 app && chown app /srv/compliance-graph
USER app

COPY --chown=app pyproject.toml README.md LICENSE ./
COPY --chown=app graph graph
COPY --chown=app loaders loaders
COPY --chown=app api api
COPY --chown=app ontology ontology
COPY --chown=app cli cli
COPY --chown=app data data
COPY --chown=app web web
COPY --chown=app tests/questions tests/questions
COPY --chown=app schema.graphql ./

RUN python -m venv .venv \
    && .venv/bin/pip install --no-cache-dir --quiet --editable . \
    && .venv/bin/python web/build.py

EXPOSE 8000
# The store's address and password come from the environment; loading the same facts twice changes nothing.
CMD ["sh", "-c", ".venv/bin/cg load data && exec .venv/bin/cg serve --host 0.0.0.0 --port 8000"]

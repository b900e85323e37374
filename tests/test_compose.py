"""The laws of docker-compose.yml: the Compose schema, no default secret, health told, data kept."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

CHECKOUT = Path(__file__).resolve().parent.parent
COMPOSE = CHECKOUT / "docker-compose.yml"
SCHEMA_CHECK = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded = YAML(typ="safe").load(COMPOSE)
    assert isinstance(loaded, dict)
    return loaded


def test_the_file_is_valid_against_the_schema_of_the_compose_specification() -> None:
    done = subprocess.run([*SCHEMA_CHECK, str(COMPOSE)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_the_schema_refuses_a_key_that_compose_does_not_know(tmp_path: Path) -> None:
    wrong = tmp_path / "docker-compose.yml"
    wrong.write_text(COMPOSE.read_text(encoding="utf-8").replace("healthcheck:", "healthchecks:"), encoding="utf-8")
    done = subprocess.run([*SCHEMA_CHECK, str(wrong)], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout


def test_passwords_come_from_the_environment_and_have_no_default(compose: dict[str, Any]) -> None:
    found = {
        (service, name): value
        for service, settings in compose["services"].items()
        for name, value in settings["environment"].items()
        if re.search(r"PASSWORD|AUTH|SECRET|TOKEN", name)
    }
    required = r"(neo4j/)?\$\{NEO4J_PASSWORD:\?[^}]+\}"
    assert set(found) == {("neo4j", "NEO4J_AUTH"), ("api", "NEO4J_PASSWORD")}
    assert [where for where, value in found.items() if not re.fullmatch(required, value)] == []


def test_every_service_tells_its_health_and_the_api_waits_for_that_of_neo4j(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert {name: bool(service["healthcheck"]["test"]) for name, service in services.items()} == {
        "neo4j": True,
        "api": True,
    }
    assert services["api"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}


def test_the_data_of_neo4j_is_in_a_named_volume(compose: dict[str, Any]) -> None:
    assert compose["volumes"] == {"neo4j-data": None}
    assert "neo4j-data:/data" in compose["services"]["neo4j"]["volumes"]


def test_ports_are_open_to_this_machine_only(compose: dict[str, Any]) -> None:
    ports = [port for service in compose["services"].values() for port in service["ports"]]
    assert ports == ["127.0.0.1:7474:7474", "127.0.0.1:7687:7687", "127.0.0.1:8000:8000"]


def test_folders_that_are_mounted_or_copied_exist(compose: dict[str, Any]) -> None:
    mounted = [volume.split(":")[0] for volume in compose["services"]["neo4j"]["volumes"] if volume.startswith("./")]
    copied = re.findall(r"^COPY --chown=app (.+) \S+$", (CHECKOUT / "Dockerfile").read_text(encoding="utf-8"), re.M)
    names = [*mounted, *(name for line in copied for name in line.split())]
    assert [name for name in names if not (CHECKOUT / name).exists()] == []

MATCH (a:Assessment {id: $report}) RETURN COUNT { (a)-[:HAS_CONTROL]->() }

MATCH (:Assessment {id: $report})-[:HAS_CONTROL]->()-[:HAS_TEST]->(t)
WITH collect(t.result) AS results
RETURN [size([r IN results WHERE r = 'no_deviation']), size([r IN results WHERE r = 'deviation']),
        size([r IN results WHERE r = 'not_tested'])]

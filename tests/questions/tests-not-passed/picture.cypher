MATCH path = (:Assessment {id: 'assessment/aws/soc-1-type-2/2020-03-31'})-[:HAS_CONTROL]->(:Control)-[:HAS_TEST]->(test:ControlTest)-[:EVIDENCED_BY]->(:Citation)-[:FROM_DOCUMENT]->(:Document)
WHERE test.result <> 'no_deviation'
RETURN path

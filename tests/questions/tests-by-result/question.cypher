MATCH (:Assessment {id: 'assessment/aws/soc-1-type-2/2020-03-31'})-[:HAS_CONTROL]->(:Control)-[:HAS_TEST]->(test:ControlTest)
RETURN count(test) AS tests, sum(CASE test.result WHEN 'no_deviation' THEN 1 ELSE 0 END) AS passed

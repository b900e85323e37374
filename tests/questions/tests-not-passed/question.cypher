MATCH (:Assessment {id: 'assessment/aws/soc-1-type-2/2020-03-31'})-[:HAS_CONTROL]->(control:Control)-[:HAS_TEST]->(test:ControlTest)
WHERE test.result <> 'no_deviation'
RETURN control.number AS number, test.ordinal AS ordinal, toUpper(test.result) AS result
ORDER BY control.number_order, ordinal

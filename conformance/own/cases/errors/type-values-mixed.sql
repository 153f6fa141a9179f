-- about: type values mixed
-- mode: streaming
-- compare: error
-- inputs: 

SELECT * FROM (VALUES (1), (TRUE)) AS t(a);

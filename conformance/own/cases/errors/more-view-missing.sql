-- about: a view over a table that does not exist
-- mode: streaming
-- compare: error
-- inputs: 

CREATE VIEW v AS SELECT * FROM nothing;

SELECT * FROM v;

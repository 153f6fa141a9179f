-- about: a timestamp that is none
-- mode: streaming
-- compare: rows
-- inputs: 

SELECT TIMESTAMP '2024-01-01';

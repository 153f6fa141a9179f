-- about: syntax interval range
-- mode: streaming
-- compare: error
-- inputs: 

SELECT INTERVAL '1000' YEAR;

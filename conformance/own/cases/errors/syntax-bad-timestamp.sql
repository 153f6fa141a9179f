-- about: syntax bad timestamp
-- mode: streaming
-- compare: error
-- inputs: 

SELECT TIMESTAMP '2024-01-01 25:00:00';

-- about: a date that does not exist
-- mode: streaming
-- compare: error
-- inputs: 

SELECT DATE '2024-02-30';

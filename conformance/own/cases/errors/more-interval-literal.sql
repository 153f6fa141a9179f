-- about: an interval that is none
-- mode: streaming
-- compare: error
-- inputs: 

SELECT INTERVAL '1:2' DAY;

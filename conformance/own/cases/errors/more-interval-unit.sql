-- about: an interval of an unknown unit
-- mode: streaming
-- compare: error
-- inputs: 

SELECT INTERVAL '1' FORTNIGHT;

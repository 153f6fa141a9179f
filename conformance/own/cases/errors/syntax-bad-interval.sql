-- about: syntax bad interval
-- mode: streaming
-- compare: error
-- inputs: 

SELECT INTERVAL 'abc' DAY;

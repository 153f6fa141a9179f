-- about: syntax bad date
-- mode: streaming
-- compare: error
-- inputs: 

SELECT DATE '2024-13-45';

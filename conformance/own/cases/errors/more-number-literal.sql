-- about: a number that is too long
-- mode: streaming
-- compare: error
-- inputs: 

SELECT 1234567890123456789012345678901234567890;

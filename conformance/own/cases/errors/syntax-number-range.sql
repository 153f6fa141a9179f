-- about: syntax number range
-- mode: streaming
-- compare: error
-- inputs: 

SELECT 123456789012345678901234567890123456789012;

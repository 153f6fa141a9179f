-- about: syntax odd hex
-- mode: streaming
-- compare: error
-- inputs: 

SELECT x'abc';

-- about: values alias arity
-- mode: streaming
-- compare: error
-- inputs: 

SELECT * FROM (VALUES (1, 2)) AS t(a);

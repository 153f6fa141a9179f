-- about: ddl function class
-- mode: streaming
-- compare: error
-- inputs: 

CREATE FUNCTION f AS 'no.such.Klass';

SELECT f(1);

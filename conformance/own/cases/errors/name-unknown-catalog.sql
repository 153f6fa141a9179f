-- about: name unknown catalog
-- mode: streaming
-- compare: error
-- inputs: 

SELECT * FROM nocat.nodb.t;

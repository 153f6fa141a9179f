-- about: name unknown database
-- mode: streaming
-- compare: error
-- inputs: 

SELECT * FROM nodb.t;

-- about: window unknown table
-- mode: streaming
-- compare: error
-- inputs: 

SELECT window_start FROM TUMBLE(TABLE nope, DESCRIPTOR(ts), INTERVAL '10' SECOND);

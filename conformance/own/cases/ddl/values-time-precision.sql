-- about: values time precision
-- mode: both
-- compare: rows
-- inputs: 

SELECT TIMESTAMP '2024-02-29 10:11:12.123456789', TIME '10:11:12.345', TIMESTAMP '2024-02-29 10:11:12', TIMESTAMP '2024-1-2 3:4:5';

-- about: PARTITIONED BY a column that is not there
-- mode: streaming
-- compare: error
-- mention: ide

CREATE TABLE o (id INT) PARTITIONED BY (ide) WITH ('connector' = 'blackhole');

-- about: comments
-- mode: both
-- compare: rows
-- inputs: 

-- c1
/* c2 ; ' */ SELECT /* x */ 1 AS a -- end;

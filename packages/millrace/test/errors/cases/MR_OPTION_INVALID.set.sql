SET 'table.exec.state.ttl' = 'a while';
-- 'table.exec.state.ttl' cannot be 'a while' at 1:1.
-- 1 | SET 'table.exec.state.ttl' = 'a while';
--     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
-- It takes a duration such as '1 h' or '500 ms'.

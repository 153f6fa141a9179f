WITH known(name, id) AS (VALUES ('Apple', '0'), ('Google', '1'), ('Facebook', '2'), ('Baidu', '3'))
SELECT auction, bidder, price, channel, coalesce(id, split_part(split_part(url, '&channel_id=', 2), '&', 1))
FROM bid LEFT JOIN known ON name = channel
WHERE id IS NOT NULL OR contains(url, '&channel_id=');

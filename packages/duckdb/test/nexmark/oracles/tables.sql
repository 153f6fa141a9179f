-- The same events for DuckDB, read by its own reader.
CREATE VIEW events AS SELECT * FROM read_json('{events}', format = 'newline_delimited', columns = {
  event_type: 'INTEGER',
  person: 'STRUCT(id BIGINT, name VARCHAR, emailAddress VARCHAR, creditCard VARCHAR, city VARCHAR, state VARCHAR, dateTime TIMESTAMP, extra VARCHAR)',
  auction: 'STRUCT(id BIGINT, itemName VARCHAR, description VARCHAR, initialBid BIGINT, reserve BIGINT, dateTime TIMESTAMP, expires TIMESTAMP, seller BIGINT, category BIGINT, extra VARCHAR)',
  bid: 'STRUCT(auction BIGINT, bidder BIGINT, price BIGINT, channel VARCHAR, url VARCHAR, dateTime TIMESTAMP, extra VARCHAR)'
});
CREATE TABLE person AS SELECT unnest(person) FROM events WHERE event_type = 0;
CREATE TABLE auction AS SELECT unnest(auction) FROM events WHERE event_type = 1;
CREATE TABLE bid AS SELECT unnest(bid) FROM events WHERE event_type = 2;
CREATE TABLE side AS SELECT * FROM read_csv('{side}', header = false, columns = {key: 'BIGINT', value: 'VARCHAR'});

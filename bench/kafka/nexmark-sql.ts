// The Nexmark queries over a topic, as Flink SQL: both engines are given the same text.

export type Query = 'q0' | 'q2' | 'q5' | 'q8' | 'q0-topic'

/** Where a query reads from, and to. */
export interface QueryPlaces {
  readonly bootstrap: string
  readonly topic: string
  /** Of this run alone: its offsets are nobody else's. */
  readonly group: string
  /** To the end of the topic, or what comes from now on. */
  readonly reads: 'all' | 'latest'
  /** Of `q0-topic`. */
  readonly out?: {
    readonly topic: string
    readonly guarantee: 'exactly-once' | 'at-least-once'
    readonly options: Readonly<Record<string, string>>
  }
}

const HOPS = `TABLE(HOP(TABLE bid, DESCRIPTOR(\`dateTime\`), INTERVAL '2' SECOND, INTERVAL '10' SECOND))`
const tumbling = (table: string): string =>
  `TABLE(TUMBLE(TABLE ${table}, DESCRIPTOR(\`dateTime\`), INTERVAL '10' SECOND))`
const BIDS = 'auction, bidder, price, `dateTime`, extra FROM bid'
const BID_COLUMNS =
  'auction BIGINT, bidder BIGINT, price BIGINT, `dateTime` TIMESTAMP(3), extra STRING'

const QUERIES: { readonly [Q in Query]: readonly [columns: string, select: string] } = {
  q0: [BID_COLUMNS, `SELECT ${BIDS}`],
  'q0-topic': [BID_COLUMNS, `SELECT ${BIDS}`],
  q2: [
    'auction BIGINT, price BIGINT',
    'SELECT auction, price FROM bid WHERE MOD(auction, 123) = 0',
  ],
  q5: [
    'auction BIGINT, num BIGINT',
    `SELECT AuctionBids.auction, AuctionBids.num FROM (
  SELECT auction, COUNT(*) AS num, window_start AS starttime, window_end AS endtime
  FROM ${HOPS}
  GROUP BY auction, window_start, window_end) AS AuctionBids
JOIN (
  SELECT MAX(CountBids.num) AS maxn, CountBids.starttime, CountBids.endtime FROM (
    SELECT COUNT(*) AS num, window_start AS starttime, window_end AS endtime
    FROM ${HOPS}
    GROUP BY auction, window_start, window_end) AS CountBids
  GROUP BY CountBids.starttime, CountBids.endtime) AS MaxBids
ON AuctionBids.starttime = MaxBids.starttime AND AuctionBids.endtime = MaxBids.endtime AND AuctionBids.num >= MaxBids.maxn`,
  ],
  q8: [
    'id BIGINT, name STRING, stime TIMESTAMP(3)',
    `SELECT P.id, P.name, P.starttime FROM (
  SELECT id, name, window_start AS starttime, window_end AS endtime FROM ${tumbling('person')}
  GROUP BY id, name, window_start, window_end) P
JOIN (
  SELECT seller, window_start AS starttime, window_end AS endtime FROM ${tumbling('auction')}
  GROUP BY seller, window_start, window_end) A
ON P.id = A.seller AND P.starttime = A.starttime AND P.endtime = A.endtime`,
  ],
}

const options = (all: Readonly<Record<string, string>>): string =>
  Object.entries(all)
    .map(([name, value]) => `'${name}' = '${value}'`)
    .join(', ')

/** The script of a query; its last statement is the INSERT. */
export function nexmarkSql(
  query: Query,
  { bootstrap, topic, group, reads, out }: QueryPlaces,
): string {
  const [columns, select] = QUERIES[query]
  const source = options({
    connector: 'kafka',
    topic,
    'properties.bootstrap.servers': bootstrap,
    'properties.group.id': group,
    format: 'json',
    ...(reads === 'all'
      ? { 'scan.startup.mode': 'earliest-offset', 'scan.bounded.mode': 'latest-offset' }
      : { 'scan.startup.mode': 'latest-offset' }),
  })
  const sink = out
    ? options({
        connector: 'kafka',
        topic: out.topic,
        'properties.bootstrap.servers': bootstrap,
        format: 'json',
        'sink.delivery-guarantee': out.guarantee,
        ...out.options,
      })
    : options({ connector: 'blackhole' })
  return `
CREATE TABLE events (
  event_type INT,
  person ROW<id BIGINT, name STRING, emailAddress STRING, creditCard STRING, city STRING, state STRING, \`dateTime\` TIMESTAMP(3), extra STRING>,
  auction ROW<id BIGINT, itemName STRING, description STRING, initialBid BIGINT, reserve BIGINT, \`dateTime\` TIMESTAMP(3), expires TIMESTAMP(3), seller BIGINT, category BIGINT, extra STRING>,
  bid ROW<auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING, \`dateTime\` TIMESTAMP(3), extra STRING>,
  \`dateTime\` AS CASE WHEN event_type = 0 THEN person.\`dateTime\` WHEN event_type = 1 THEN auction.\`dateTime\` ELSE bid.\`dateTime\` END,
  WATERMARK FOR \`dateTime\` AS \`dateTime\` - INTERVAL '4' SECOND
) WITH (${source});
CREATE VIEW person AS SELECT person.id, person.name, \`dateTime\` FROM events WHERE event_type = 0;
CREATE VIEW auction AS SELECT auction.id, auction.seller, \`dateTime\` FROM events WHERE event_type = 1;
CREATE VIEW bid AS SELECT bid.auction, bid.bidder, bid.price, bid.channel, bid.url, \`dateTime\`, bid.extra FROM events WHERE event_type = 2;
CREATE TABLE sink (${columns}) WITH (${sink});
INSERT INTO sink ${select};
`
}

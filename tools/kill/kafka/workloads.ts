// The programs that are killed: a windowed aggregate and an interval join, from topic to topic, over four partitions.

import { DISORDER_MS, lettersOf } from './events.ts'
import { expectedJoin, expectedWindows, type Expectation } from './oracles.ts'

export interface Workload {
  readonly name: string
  readonly inputs: readonly string[]
  readonly output: string
  readonly expected: Expectation
  readonly script: (bootstrap: string) => string
}

/** What all tables have. Short sessions, so that what has died is soon missed. */
const options = (bootstrap: string, topic: string): string => `
  'connector' = 'kafka', 'topic' = '${topic}', 'properties.bootstrap.servers' = '${bootstrap}',
  'properties.session.timeout.ms' = '2000', 'properties.heartbeat.interval.ms' = '300',
  'properties.request.timeout.ms' = '2000', 'format' = 'json'`

const source = (bootstrap: string, topic: string): string => `
  CREATE TABLE ${topic} (
    id BIGINT, card STRING, amount BIGINT, ts TIMESTAMP(3),
    WATERMARK FOR ts AS ts - INTERVAL '${(2 * DISORDER_MS) / 1000}' SECOND
  ) WITH (${options(bootstrap, topic)}, 'scan.startup.mode' = 'earliest-offset',
    'dead-letter.topic' = '${lettersOf(topic)}');`

const sink = (bootstrap: string, topic: string, columns: string): string => `
  CREATE TABLE ${topic} (${columns}) WITH (${options(bootstrap, topic)},
    'sink.delivery-guarantee' = 'exactly-once', 'properties.transaction.timeout.ms' = '20000');`

/** Short epochs, so that there are many. A process that is stopped must not find its partitions idle: what they hold would be late. */
const SETTINGS = `SET 'epoch.interval' = '50 ms'; SET 'bad-records' = 'fail';
      SET 'table.exec.source.idle-timeout' = '0 s';`

// Each reads all columns of its topics: of a record that cannot be read, what nobody asks for is not looked at.
export const WORKLOADS: readonly Workload[] = [
  {
    name: 'windows',
    inputs: ['payments'],
    output: 'totals',
    expected: expectedWindows,
    script: bootstrap => `${SETTINGS}
      ${source(bootstrap, 'payments')}
      ${sink(bootstrap, 'totals', 'card STRING, ends TIMESTAMP(3), n BIGINT, total BIGINT, ids BIGINT')}
      INSERT INTO totals SELECT card, window_end, COUNT(*), SUM(amount), SUM(id)
        FROM TABLE(TUMBLE(TABLE payments, DESCRIPTOR(ts), INTERVAL '1' SECOND))
        GROUP BY card, window_start, window_end;`,
  },
  {
    name: 'join',
    inputs: ['orders', 'payments'],
    output: 'paid',
    expected: expectedJoin,
    script: bootstrap => `${SETTINGS}
      ${source(bootstrap, 'orders')}
      ${source(bootstrap, 'payments')}
      ${sink(bootstrap, 'paid', 'card STRING, ends TIMESTAMP(3), n BIGINT, total BIGINT, ids BIGINT')}
      INSERT INTO paid SELECT o.card, p.ts, o.id, o.amount + p.amount, p.id FROM orders AS o JOIN payments AS p
        ON o.id = p.id AND p.ts BETWEEN o.ts AND o.ts + INTERVAL '2' SECOND;`,
  },
]

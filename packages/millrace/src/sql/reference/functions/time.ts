// Functions of dates, times and timestamps, and what the clock says.

import { called, type FunctionEntries } from '../entry.ts'

const UNITS =
  'Units: `YEAR`, `QUARTER`, `MONTH`, `WEEK`, `DAY`, `HOUR`, `MINUTE`, `SECOND`, `MILLISECOND`, `MICROSECOND`, `NANOSECOND`.'
const CLOCK =
  'In streaming mode it is read for each batch of records, in batch mode once, when the query starts.'
const PATTERN =
  'Patterns are those of Java’s `DateTimeFormatter`, such as `yyyy-MM-dd HH:mm:ss.SSS`.'

export const timeEntries: FunctionEntries = {
  EXTRACT: {
    forms: ['EXTRACT(unit FROM point in time)', 'EXTRACT(unit FROM interval)'],
    notes: [
      `${UNITS} Also \`DOW\`, \`ISODOW\`, \`DOY\`, \`ISOYEAR\`, \`EPOCH\`, \`DECADE\`, \`CENTURY\`, \`MILLENNIUM\`.`,
    ],
  },
  YEAR: called('YEAR(date)'),
  QUARTER: called('QUARTER(date)'),
  MONTH: called('MONTH(date)'),
  WEEK: called('WEEK(date)'),
  DAYOFYEAR: called('DAYOFYEAR(date)'),
  DAYOFMONTH: called('DAYOFMONTH(date)'),
  DAYOFWEEK: called('DAYOFWEEK(date)'),
  HOUR: called('HOUR(timestamp)'),
  MINUTE: called('MINUTE(timestamp)'),
  SECOND: called('SECOND(timestamp)'),
  TIMESTAMPADD: { forms: ['TIMESTAMPADD(unit, count, point in time)'], notes: [UNITS] },
  TIMESTAMPDIFF: { forms: ['TIMESTAMPDIFF(unit, from, to)'], notes: [UNITS] },
  MINUS_DATE: called('(point in time - point in time) interval unit'),
  DATE_FORMAT: { forms: ['DATE_FORMAT(timestamp, pattern)'], notes: [PATTERN] },
  TO_DATE: { forms: ['TO_DATE(text [, pattern])'], notes: [PATTERN] },
  TO_TIMESTAMP: { forms: ['TO_TIMESTAMP(text [, pattern])'], notes: [PATTERN] },
  TO_TIMESTAMP_LTZ: {
    forms: [
      'TO_TIMESTAMP_LTZ(number [, precision])',
      'TO_TIMESTAMP_LTZ(text [, pattern [, time zone]])',
    ],
    notes: [PATTERN],
    examples: [
      ["CAST(TO_TIMESTAMP_LTZ('2024-02-29 01:02:03') AS STRING)", "'2024-02-29 01:02:03.000'"],
    ],
  },
  UNIX_TIMESTAMP: { forms: ['UNIX_TIMESTAMP([text [, pattern]])'], notes: [PATTERN] },
  FROM_UNIXTIME: { forms: ['FROM_UNIXTIME(seconds [, pattern])'], notes: [PATTERN] },
  CONVERT_TZ: called('CONVERT_TZ(text, from zone, to zone)'),
  CURRENT_DATE: {
    forms: ['CURRENT_DATE'],
    examples: [["CURRENT_DATE > DATE '2024-01-01'", 'TRUE']],
    notes: [CLOCK],
  },
  CURRENT_TIMESTAMP: {
    forms: ['CURRENT_TIMESTAMP', 'NOW()', 'CURRENT_ROW_TIMESTAMP()'],
    examples: [['CURRENT_TIMESTAMP > TO_TIMESTAMP_LTZ(0, 3)', 'TRUE']],
    notes: [CLOCK],
  },
  LOCALTIME: {
    forms: ['LOCALTIME', 'CURRENT_TIME'],
    examples: [["LOCALTIME >= TIME '00:00:00'", 'TRUE']],
    notes: [CLOCK],
  },
  LOCALTIMESTAMP: {
    forms: ['LOCALTIMESTAMP'],
    examples: [["LOCALTIMESTAMP > TIMESTAMP '2024-01-01 00:00:00'", 'TRUE']],
    notes: [CLOCK],
  },
  PROCTIME: {
    forms: ['PROCTIME()'],
    examples: [['PROCTIME() > TO_TIMESTAMP_LTZ(0, 3)', 'TRUE']],
    notes: [
      'As a computed column of a table, `p AS PROCTIME()`, it orders `OVER`, drives windows and look-ups by processing time.',
    ],
  },
  CURRENT_WATERMARK: {
    forms: ['CURRENT_WATERMARK(event-time column)'],
    queries: [
      {
        about: 'Rows are late when they are not behind the watermark.',
        sql: 'SELECT id, placed, CURRENT_WATERMARK(placed) AS so_far FROM orders WHERE id <= 3;',
      },
    ],
    notes: ['In batch mode it is NULL.'],
  },
  OVERLAPS: called(
    '(start, end) OVERLAPS (start, end)',
    '(start, interval) OVERLAPS (start, interval)',
  ),
}

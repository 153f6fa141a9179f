// Aggregate functions, and functions over positions.

import { called, type FunctionEntries } from '../entry.ts'

const CLAUSES = '[FILTER (WHERE condition)]'
const one = (name: string) => called(`${name}([DISTINCT] value) ${CLAUSES}`)
const IN_ORDER = 'The order is that in which rows come.'

export const aggregateEntries: FunctionEntries = {
  COUNT: {
    forms: [`COUNT(*) ${CLAUSES}`, `COUNT([DISTINCT] value, …) ${CLAUSES}`],
    examples: [['COUNT(*) FILTER (WHERE x > 1)', '2']],
  },
  SUM: {
    ...one('SUM'),
    notes: ['The sum of INTs is an INT, and wraps: `SUM(CAST(x AS BIGINT))` does not.'],
  },
  $SUM0: {
    forms: ['SUM0(value)'],
    examples: [['SUM0(x)', '6']],
  },
  AVG: {
    ...one('AVG'),
    notes: ['The mean of integers is an integer: `AVG(CAST(x AS DOUBLE))` is not.'],
  },
  MIN: one('MIN'),
  MAX: one('MAX'),
  FIRST_VALUE: { forms: [`FIRST_VALUE(value) ${CLAUSES}`], notes: [IN_ORDER] },
  LAST_VALUE: { forms: [`LAST_VALUE(value) ${CLAUSES}`], notes: [IN_ORDER] },
  SINGLE_VALUE: {
    forms: ['SINGLE_VALUE(value)'],
    examples: [['SINGLE_VALUE(x) FILTER (WHERE x = 1)', '1']],
    notes: ['A sub-query that stands for a value uses it.'],
  },
  LISTAGG: { forms: [`LISTAGG([DISTINCT] text [, separator]) ${CLAUSES}`], notes: [IN_ORDER] },
  COLLECT: one('COLLECT'),
  ARRAY_AGG: { forms: [`ARRAY_AGG([DISTINCT] value) ${CLAUSES}`], notes: [IN_ORDER] },
  VAR_POP: { ...one('VAR_POP'), examples: [['VAR_POP(CAST(x AS DOUBLE))', '0.6666666666666666']] },
  VAR_SAMP: { ...one('VAR_SAMP'), examples: [['VAR_SAMP(CAST(x AS DOUBLE))', '1.0']] },
  STDDEV_POP: {
    ...one('STDDEV_POP'),
    examples: [['STDDEV_POP(CAST(x AS DOUBLE))', '0.816496580927726']],
  },
  STDDEV_SAMP: { ...one('STDDEV_SAMP'), examples: [['STDDEV_SAMP(CAST(x AS DOUBLE))', '1.0']] },
  PERCENTILE: {
    forms: [
      `PERCENTILE(value, part [, frequency]) ${CLAUSES}`,
      `PERCENTILE(value, ARRAY[part, …] [, frequency]) ${CLAUSES}`,
    ],
    examples: [
      ['PERCENTILE(x, 0.5)', '2.0'],
      ['PERCENTILE(x, ARRAY[0.25, 0.75])', 'ARRAY[1.5, 2.5]'],
    ],
  },
  APPROX_COUNT_DISTINCT: {
    forms: [`APPROX_COUNT_DISTINCT(value) ${CLAUSES}`],
    examples: [['APPROX_COUNT_DISTINCT(x)', '3']],
  },
  JSON_OBJECTAGG: {
    forms: ['JSON_OBJECTAGG([KEY] key VALUE value [{ NULL | ABSENT } ON NULL])'],
    examples: [['JSON_OBJECTAGG(KEY s VALUE x)', `'{"a":1,"b":2,"c":3}'`]],
  },
  JSON_ARRAYAGG: {
    forms: ['JSON_ARRAYAGG(value [{ NULL | ABSENT } ON NULL])'],
    examples: [['JSON_ARRAYAGG(x)', "'[3,1,2]'"]],
  },
  LAG: {
    forms: ['LAG(value [, offset [, default]]) OVER (… ORDER BY …)'],
    queries: [
      {
        sql: 'SELECT customer, placed, LAG(product) OVER (PARTITION BY customer ORDER BY placed) AS bought_before FROM orders;',
      },
    ],
  },
  LEAD: {
    forms: ['LEAD(value [, offset [, default]]) OVER (… ORDER BY …)'],
    queries: [
      {
        mode: 'batch',
        sql: "SELECT customer, placed, LEAD(product, 1, 'nothing') OVER (PARTITION BY customer ORDER BY placed) AS bought_next FROM orders;",
      },
    ],
    notes: ['It looks ahead: batch mode only.'],
  },
  NTILE: {
    forms: ['NTILE(n) OVER (… ORDER BY …)'],
    queries: [
      {
        mode: 'batch',
        sql: 'SELECT id, amount, NTILE(3) OVER (ORDER BY amount) AS third FROM orders;',
      },
    ],
    notes: ['Batch mode only.'],
  },
  CUME_DIST: {
    forms: ['CUME_DIST() OVER (… ORDER BY …)'],
    queries: [
      {
        mode: 'batch',
        sql: 'SELECT id, amount, CUME_DIST() OVER (ORDER BY amount) AS share FROM orders;',
      },
    ],
    notes: ['Batch mode only.'],
  },
  PERCENT_RANK: {
    forms: ['PERCENT_RANK() OVER (… ORDER BY …)'],
    queries: [
      {
        mode: 'batch',
        sql: 'SELECT id, amount, PERCENT_RANK() OVER (ORDER BY amount) AS rank_share FROM orders;',
      },
    ],
    notes: ['Batch mode only.'],
  },
}

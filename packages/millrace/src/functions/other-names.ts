// Names of functions that other dialects have, or Flink has and Millrace does not: what to write instead.

/** Called like functions, but syntax: no definition has them, and a misspelt name may mean one. */
export const SYNTAX_FUNCTIONS: readonly string[] = [
  ...['CAST', 'TRY_CAST', 'EXISTS', 'GROUPING', 'GROUPING_ID', 'GROUP_ID'],
  ...['ROW_NUMBER', 'RANK', 'DENSE_RANK', 'MATCH_ROWTIME', 'MATCH_PROCTIME'],
  ...['TUMBLE_START', 'TUMBLE_END', 'TUMBLE_ROWTIME', 'TUMBLE_PROCTIME'],
  ...['HOP_START', 'HOP_END', 'HOP_ROWTIME', 'HOP_PROCTIME'],
  ...['SESSION_START', 'SESSION_END', 'SESSION_ROWTIME', 'SESSION_PROCTIME'],
]

const MODEL =
  'Flink has it, Millrace has no models: call the model in an async function of TypeScript.'
const CLASS = 'Flink has it, for classes of the JVM: use a ROW.'
const IN_MATCH =
  'It belongs to MATCH_RECOGNIZE, and Flink has it not either: use LAST(A.column, 1).'

/** A sentence of what to do, by the name in upper case. */
const INSTEAD: Readonly<Record<string, string>> = {
  ML_PREDICT: MODEL,
  ML_EVALUATE: MODEL,
  VECTOR_SEARCH: MODEL,
  OBJECT_OF: CLASS,
  OBJECT_UPDATE: CLASS,
  SOURCE_WATERMARK:
    'No connector brings watermarks of its own: write WATERMARK FOR ts AS ts - INTERVAL ….',
  PREV: IN_MATCH,
  NEXT: 'Flink has it not either: put what follows into a variable of PATTERN.',
  NTH_VALUE: 'Flink has it not either: number the rows by ROW_NUMBER() in a sub-query.',
  LENGTH: 'Use CHAR_LENGTH(text).',
  LEN: 'Use CHAR_LENGTH(text).',
  UCASE: 'Use UPPER(text).',
  LCASE: 'Use LOWER(text).',
  STRPOS: 'Use INSTR(text, search).',
  CHARINDEX: 'Use LOCATE(search, text).',
  SPLIT_PART: 'Use SPLIT_INDEX(text, delimiter, index), which counts from 0.',
  FORMAT: 'Use PRINTF(format, value, …).',
  RLIKE: 'Use REGEXP(text, pattern).',
  REGEXP_LIKE: 'Use REGEXP(text, pattern).',
  REGEXP_MATCHES: 'Use REGEXP(text, pattern).',
  NVL: 'Use COALESCE(value, instead).',
  ISNULL: 'Use value IS NULL, or COALESCE(value, instead).',
  IIF: 'Use IF(condition, value, otherwise).',
  POW: 'Use POWER(base, exponent).',
  RANDOM: 'Use RAND().',
  DATE_TRUNC: 'Use FLOOR(point in time TO unit).',
  DATE_PART: 'Use EXTRACT(unit FROM point in time).',
  DATEDIFF: 'Use TIMESTAMPDIFF(unit, from, to).',
  DATE_DIFF: 'Use TIMESTAMPDIFF(unit, from, to).',
  DATEADD: 'Use TIMESTAMPADD(unit, count, point in time).',
  DATE_ADD: 'Use point in time + INTERVAL, or TIMESTAMPADD(unit, count, point in time).',
  DATE_SUB: 'Use point in time - INTERVAL, or TIMESTAMPADD(unit, -count, point in time).',
  STRFTIME: 'Use DATE_FORMAT(timestamp, pattern).',
  TO_CHAR: 'Use DATE_FORMAT(timestamp, pattern).',
  GETDATE: 'Use CURRENT_TIMESTAMP.',
  EPOCH_MS: 'Use TO_TIMESTAMP_LTZ(number, 3).',
  EXPLODE: 'Use CROSS JOIN UNNEST(array).',
  SIZE: 'Use CARDINALITY(array).',
  ARRAY_LENGTH: 'Use CARDINALITY(array).',
  JSON_EXTRACT:
    'Use JSON_VALUE(text, path) for scalars, JSON_QUERY(text, path) for arrays and objects.',
  GET_JSON_OBJECT: 'Use JSON_VALUE(text, path).',
  STRING_AGG: 'Use LISTAGG(text, separator).',
  GROUP_CONCAT: 'Use LISTAGG(text, separator).',
  MEDIAN: 'Use PERCENTILE(value, 0.5).',
  COUNT_IF: 'Use COUNT(*) FILTER (WHERE condition).',
  ANY_VALUE: 'Use FIRST_VALUE(value).',
}

/** What to write instead of a function that is not there, a sentence; `undefined` when nothing is known of the name. */
export function insteadOf(name: string): string | undefined {
  const key = name.toUpperCase()
  return Object.hasOwn(INSTEAD, key) ? INSTEAD[key] : undefined
}

// Every error code, in one closed list; docs/errors.md has an entry for each (a test holds it).

export const ERROR_CODES = [
  'MR_INTERNAL',
  // SQL text
  'MR_SQL_SYNTAX',
  'MR_SQL_UNKNOWN_COLUMN',
  'MR_SQL_AMBIGUOUS_COLUMN',
  'MR_SQL_UNKNOWN_TABLE',
  'MR_SQL_UNKNOWN_FUNCTION',
  'MR_SQL_ARGUMENTS',
  'MR_SQL_TYPE',
  'MR_SQL_UNSUPPORTED',
  'MR_SQL_INVALID',
  'MR_SQL_DUPLICATE',
  'MR_SQL_FUNCTION',
  'MR_SQL_ROW_TYPE',
  // plans
  'MR_PLAN_WINDOW',
  'MR_PLAN_CHANGELOG',
  'MR_PLAN_INVALID',
  'MR_PLAN_UNBOUNDED',
  'MR_PLAN_NO_SQL',
  // options of tables, connectors, formats
  'MR_OPTION_UNKNOWN',
  'MR_OPTION_INVALID',
  'MR_OPTION_MISSING',
  'MR_CONNECTOR_UNKNOWN',
  'MR_FORMAT_UNKNOWN',
  // data
  'MR_DATA_MALFORMED',
  'MR_DATA_EVALUATION',
  'MR_DATA_CONFLICT',
  // state
  'MR_STATE_LOCKED',
  'MR_STATE_CORRUPT',
  'MR_STATE_INCOMPATIBLE',
  'MR_STATE_IO',
  'MR_STATE_POISONED',
  'MR_STATE_SUPERSEDED',
  // outside
  'MR_IO_NOT_FOUND',
  'MR_IO_FAILED',
  'MR_SERVER_PORT_IN_USE',
  'MR_SINK_FAILED',
  'MR_NODE_TOO_OLD',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

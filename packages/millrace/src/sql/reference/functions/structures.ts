// Functions of arrays, maps, rows and JSON.

import { called, type FunctionEntries } from '../entry.ts'

const ABSENT = '[{ NULL | ABSENT } ON NULL]'
const PATH =
  'Paths are such as `$.a.b`, `$[0]`, `$[*]`, `$..a`, `$["a b"]`. With `lax` in front, a path that leads nowhere is empty; without, or with `strict`, it is an error: `ON ERROR` says what it gives.'

export const structureEntries: FunctionEntries = {
  ARRAY: called('ARRAY[value, …]'),
  MAP: called('MAP[key, value, …]'),
  ROW: called('ROW(value, …)', '(value, value, …)'),
  CARDINALITY: called('CARDINALITY(array)', 'CARDINALITY(map)', 'CARDINALITY(multiset)'),
  ELEMENT: called('ELEMENT(array)'),
  ITEM: called('array[index]', 'map[key]'),
  ARRAY_CONTAINS: called('ARRAY_CONTAINS(array, element)'),
  ARRAY_POSITION: called('ARRAY_POSITION(array, element)'),
  ARRAY_REMOVE: called('ARRAY_REMOVE(array, element)'),
  ARRAY_APPEND: called('ARRAY_APPEND(array, element)'),
  ARRAY_PREPEND: called('ARRAY_PREPEND(array, element)'),
  ARRAY_DISTINCT: called('ARRAY_DISTINCT(array)'),
  ARRAY_UNION: called('ARRAY_UNION(array, array)'),
  ARRAY_EXCEPT: called('ARRAY_EXCEPT(array, array)'),
  ARRAY_INTERSECT: called('ARRAY_INTERSECT(array, array)'),
  ARRAY_REVERSE: called('ARRAY_REVERSE(array)'),
  ARRAY_CONCAT: called('ARRAY_CONCAT(array, …)'),
  ARRAY_SORT: called('ARRAY_SORT(array [, ascending [, nulls first]])'),
  ARRAY_SLICE: called('ARRAY_SLICE(array, start [, end])'),
  ARRAY_MAX: called('ARRAY_MAX(array)'),
  ARRAY_MIN: called('ARRAY_MIN(array)'),
  ARRAY_JOIN: called('ARRAY_JOIN(array, delimiter [, text for NULL])'),
  MAP_KEYS: called('MAP_KEYS(map)'),
  MAP_VALUES: called('MAP_VALUES(map)'),
  MAP_ENTRIES: called('MAP_ENTRIES(map)'),
  MAP_FROM_ARRAYS: called('MAP_FROM_ARRAYS(keys, values)'),
  MAP_UNION: called('MAP_UNION(map, …)'),
  'IS JSON': {
    forms: ['text IS [NOT] JSON [VALUE | SCALAR | ARRAY | OBJECT]'],
    twins: [
      'IS NOT JSON',
      'IS JSON VALUE',
      'IS NOT JSON VALUE',
      'IS JSON ARRAY',
      'IS NOT JSON ARRAY',
      'IS JSON OBJECT',
      'IS NOT JSON OBJECT',
      'IS JSON SCALAR',
      'IS NOT JSON SCALAR',
    ],
  },
  JSON_EXISTS: {
    forms: ['JSON_EXISTS(text, path [{ TRUE | FALSE | UNKNOWN | ERROR } ON ERROR])'],
    notes: [PATH],
  },
  JSON_VALUE: {
    forms: [
      'JSON_VALUE(text, path [RETURNING type]\n  [{ NULL | ERROR | DEFAULT value } ON EMPTY] [{ NULL | ERROR | DEFAULT value } ON ERROR])',
    ],
    examples: [[`JSON_VALUE('{"a": 1}', 'lax $.b' DEFAULT 'none' ON EMPTY)`, "'none'"]],
    notes: [PATH],
  },
  JSON_QUERY: {
    forms: [
      'JSON_QUERY(text, path [RETURNING { STRING | ARRAY<STRING> }]\n  [{ WITHOUT | WITH [CONDITIONAL | UNCONDITIONAL] } [ARRAY] WRAPPER]\n  [{ NULL | EMPTY ARRAY | EMPTY OBJECT | ERROR } ON EMPTY] [… ON ERROR])',
    ],
    examples: [["JSON_QUERY('{\"a\": 1}', '$.a' WITH WRAPPER)", "'[1]'"]],
    notes: [PATH],
  },
  JSON_STRING: called('JSON_STRING(value)'),
  JSON_OBJECT: called(`JSON_OBJECT([[KEY] key VALUE value, …] ${ABSENT})`),
  JSON_ARRAY: called(`JSON_ARRAY([value, …] ${ABSENT})`),
  JSON_QUOTE: called('JSON_QUOTE(text)'),
  JSON_UNQUOTE: called('JSON_UNQUOTE(text)'),
  JSON_LENGTH: called('JSON_LENGTH(text [, path])'),
  JSON: {
    forms: ['JSON(text)'],
    examples: [["JSON_ARRAY(JSON('[1]'), '[1]')", '\'[[1],"[1]"]\'']],
  },
  PARSE_JSON: called('PARSE_JSON(text [, allow duplicate keys])'),
  TRY_PARSE_JSON: called('TRY_PARSE_JSON(text [, allow duplicate keys])'),
}

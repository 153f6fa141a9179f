// `t`: the types of columns, as schemas are written.

import type { Big } from 'big.js'
import type { DataType } from '../../types/data-type.ts'
import { notNull, types } from '../../types/data-type.ts'
import type { Columns, RowOf, SqlType, ValueOf } from './sql-type.ts'
import { createSqlType, schemaOf } from './sql-type.ts'

function column<T, K extends SqlType['kind']>(kind: K, type: DataType): SqlType<T, K> {
  return createSqlType<T, K>(kind, notNull(type))
}

/**
 * Column types. Each is NOT NULL unless `.nullable()` is called; the TypeScript type of its values follows from it.
 *
 * | type | TypeScript |
 * |---|---|
 * | `boolean`, `string`, `bytes` | boolean, string, Uint8Array |
 * | `tinyint`, `smallint`, `int`, `float`, `double` | number |
 * | `bigint` | bigint |
 * | `decimal(p, s)` | `Big` of big.js |
 * | `timestamp(p)`, `timestampLtz(p)` | number: epoch ms |
 * | `date`, `time(p)` | string: `yyyy-MM-dd`, `HH:mm:ss[.SSS]` |
 * | `array`, `map`, `row` | array, `Map`, object |
 */
export const t = {
  boolean: () => column<boolean, 'boolean'>('boolean', types.boolean),
  tinyint: () => column<number, 'int'>('int', types.tinyint),
  smallint: () => column<number, 'int'>('int', types.smallint),
  int: () => column<number, 'int'>('int', types.int),
  bigint: () => column<bigint, 'bigint'>('bigint', types.bigint),
  float: () => column<number, 'double'>('double', types.float),
  double: () => column<number, 'double'>('double', types.double),
  /** Exact, with `precision` digits (at most 38), `scale` of them after the point. */
  decimal: (precision: number, scale: number) =>
    column<Big, 'decimal'>('decimal', types.decimal(precision, scale)),
  string: () => column<string, 'string'>('string', types.string),
  /** Text of at most `length` code points. */
  varchar: (length: number) => column<string, 'string'>('string', types.varchar(length)),
  bytes: () => column<Uint8Array, 'bytes'>('bytes', types.bytes),
  date: () => column<string, 'date'>('date', types.date),
  time: (precision = 0) => column<string, 'time'>('time', types.time(precision)),
  /** A point in time without a zone, as Flink's TIMESTAMP(precision): epoch ms as if the zone were UTC. */
  timestamp: (precision = 3) =>
    column<number, 'timestamp'>('timestamp', types.timestamp(precision)),
  /** A point on the time line, shown in the session's zone: Flink's TIMESTAMP_LTZ(precision). */
  timestampLtz: (precision = 3) =>
    column<number, 'timestamp'>('timestamp', types.timestampLtz(precision)),
  array: <E extends SqlType>(element: E) =>
    column<readonly ValueOf<E>[], 'array'>('array', types.array(element.dataType)),
  map: <A extends SqlType, B extends SqlType>(key: A, value: B) =>
    column<ReadonlyMap<ValueOf<A>, ValueOf<B>>, 'map'>(
      'map',
      types.map(key.dataType, value.dataType),
    ),
  row: <C extends Columns>(fields: C) =>
    column<RowOf<C>, 'row'>('row', types.row(schemaOf(fields))),
  /** Any TypeScript value that state can hold by structured clone; SQL only passes it through. */
  raw: <T>(className = 'object') =>
    column<T, 'raw'>('raw', { kind: 'raw', className, nullable: true }),
} as const

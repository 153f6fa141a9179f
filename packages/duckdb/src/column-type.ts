// SQL types in DuckDB: the name of the type that holds the same values, and how a value crosses over.

import {
  blobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBIntervalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  type DuckDBValue,
} from '@duckdb/node-api'
import { assertNever, type DataType, type Hybrid, type Row, type Value } from 'millrace'

/** Converts a value, NULL included, to the one that DuckDB's vectors take. */
export type ToDuckDb = (value: Value) => DuckDBValue

export interface ColumnType {
  /** The type as DuckDB's DDL writes it. */
  readonly ddl: string
  readonly convert: ToDuckDb
}

/** Why a type has no exact counterpart. */
export interface UnsupportedType {
  readonly remedy: string
}

/**
 * The DuckDB type of a SQL type.
 *
 * | SQL | DuckDB |
 * |---|---|
 * | integers, FLOAT, DOUBLE, BOOLEAN, DATE, DECIMAL(p, s) | the same |
 * | CHAR, VARCHAR; BINARY, VARBINARY | VARCHAR; BLOB |
 * | TIME(p) | TIME |
 * | TIMESTAMP(p) | TIMESTAMP_MS to 3 digits, TIMESTAMP to 6, TIMESTAMP_NS beyond |
 * | TIMESTAMP_LTZ(p), p ≤ 6 | TIMESTAMPTZ |
 * | INTERVAL | INTERVAL |
 * | ARRAY; MAP, MULTISET; ROW | LIST; MAP; STRUCT |
 *
 * NULL, RAW and TIMESTAMP_LTZ beyond 6 digits have none.
 */
export function columnTypeOf(type: DataType): ColumnType | UnsupportedType {
  switch (type.kind) {
    case 'boolean':
    case 'tinyint':
    case 'smallint':
    case 'float':
    case 'double':
      return nullable(type.kind.toUpperCase(), v => v as DuckDBValue)
    case 'int':
      return nullable('INTEGER', v => v as number)
    case 'bigint':
      return nullable('BIGINT', v => BigInt(v as Hybrid))
    case 'decimal': {
      const { precision, scale } = type
      return nullable(
        `DECIMAL(${precision},${scale})`,
        v => new DuckDBDecimalValue(BigInt(v as Hybrid), precision, scale),
      )
    }
    case 'char':
    case 'varchar':
      return nullable('VARCHAR', v => v as string)
    case 'binary':
    case 'varbinary':
      return nullable('BLOB', v => blobValue(v as Uint8Array))
    case 'date':
      return nullable('DATE', v => new DuckDBDateValue(v as number))
    case 'time':
      return nullable('TIME', v => new DuckDBTimeValue(BigInt(v as number) * 1_000n))
    case 'timestamp':
      return timestampType(type.precision)
    case 'timestamp_ltz':
      return zonedTimestampType(type.precision)
    case 'interval_day':
      return nullable('INTERVAL', v => new DuckDBIntervalValue(0, 0, BigInt(v as number) * 1_000n))
    case 'interval_year':
      return nullable('INTERVAL', v => new DuckDBIntervalValue(v as number, 0, 0n))
    case 'array':
      return listType(type.element)
    case 'map':
      return mapType(type.key, columnTypeOf(type.value))
    case 'multiset':
      return mapType(
        type.element,
        nullable('INTEGER', v => v as number),
      )
    case 'row':
      return structType(type.fields)
    case 'null':
      return { remedy: 'Give the column a type: CAST(NULL AS …).' }
    case 'raw':
      return { remedy: 'Turn the value into columns, or into a string, before the sink.' }
    default:
      return assertNever(type)
  }
}

/** A name as a quoted identifier. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

function nullable(ddl: string, convert: ToDuckDb): ColumnType {
  return { ddl, convert: value => (value === null ? null : convert(value)) }
}

function timestampType(precision: number): ColumnType {
  if (precision <= 3) {
    return nullable('TIMESTAMP_MS', v => new DuckDBTimestampMillisecondsValue(BigInt(v as number)))
  }
  if (precision <= 6) {
    return nullable('TIMESTAMP', v => new DuckDBTimestampValue(BigInt(v as number)))
  }
  return nullable('TIMESTAMP_NS', v => new DuckDBTimestampNanosecondsValue(BigInt(v as Hybrid)))
}

function zonedTimestampType(precision: number): ColumnType | UnsupportedType {
  if (precision > 6) return { remedy: 'Cast the column to TIMESTAMP_LTZ(6).' }
  const microsPerUnit = precision <= 3 ? 1_000n : 1n
  return nullable(
    'TIMESTAMP WITH TIME ZONE',
    v => new DuckDBTimestampTZValue(BigInt(v as number) * microsPerUnit),
  )
}

function listType(element: DataType): ColumnType | UnsupportedType {
  const inner = columnTypeOf(element)
  if ('remedy' in inner) return inner
  return nullable(
    `${inner.ddl}[]`,
    v => new DuckDBListValue((v as readonly Value[]).map(inner.convert)),
  )
}

function mapType(
  keyType: DataType,
  value: ColumnType | UnsupportedType,
): ColumnType | UnsupportedType {
  const key = columnTypeOf(keyType)
  if ('remedy' in key) return key
  if ('remedy' in value) return value
  return nullable(
    `MAP(${key.ddl}, ${value.ddl})`,
    map =>
      new DuckDBMapValue(
        [...(map as ReadonlyMap<Value, Value>)].map(([k, v]) => ({
          key: key.convert(k),
          value: value.convert(v),
        })),
      ),
  )
}

function structType(
  fields: readonly { readonly name: string; readonly type: DataType }[],
): ColumnType | UnsupportedType {
  const inner: ColumnType[] = []
  for (const field of fields) {
    const type = columnTypeOf(field.type)
    if ('remedy' in type) return type
    inner.push(type)
  }
  const ddl = fields.map((f, i) => `${quote(f.name)} ${(inner[i] as ColumnType).ddl}`).join(', ')
  return nullable(
    `STRUCT(${ddl})`,
    row =>
      new DuckDBStructValue(
        Object.fromEntries(
          inner.map((type, i) => [
            (fields[i] as { name: string }).name,
            type.convert((row as Row)[i] as Value),
          ]),
        ),
      ),
  )
}

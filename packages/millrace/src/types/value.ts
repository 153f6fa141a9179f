// How SQL values live in JavaScript. This page is the law that decoders, functions, operators and encoders share.

/**
 * An exact integer: a JS number while it is a safe integer, a bigint beyond. Canonical: never a bigint inside the safe
 * range, never -0, so that `===` and `Map` keys hold.
 */
export type Hybrid = number | bigint

/**
 * A SQL value.
 *
 * | type | value |
 * |---|---|
 * | any, NULL | `null` (never `undefined`) |
 * | BOOLEAN | boolean |
 * | TINYINT, SMALLINT, INT | number; wraps as in Java |
 * | BIGINT | {@link Hybrid}; wraps by `BigInt.asIntN(64)` |
 * | FLOAT, DOUBLE | number (FLOAT rounded by `Math.fround`); NaN and infinities allowed |
 * | DECIMAL(p, s) | {@link Hybrid}: the unscaled integer, value × 10^s |
 * | CHAR, VARCHAR | string; compared by code points, not by UTF-16 units |
 * | BINARY, VARBINARY | Uint8Array that owns its bytes |
 * | DATE | number: days since 1970-01-01 |
 * | TIME(p) | number: milliseconds of the day |
 * | TIMESTAMP(p), TIMESTAMP_LTZ(p) | p ≤ 3: number of ms since the epoch; p ≤ 6: number of µs; beyond: {@link Hybrid} of ns |
 * | INTERVAL DAY TO SECOND | number: ms. INTERVAL YEAR TO MONTH: number of months |
 * | ARRAY | array of values |
 * | MAP, MULTISET | `Map` (MULTISET: value → count). A key of a type that is no JS primitive is looked up by value, see `equalValues` |
 * | ROW | array of field values, by position |
 * | RAW | any |
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Value[]
  | ReadonlyMap<Value, Value>
  | object

/** A row: its column values by position. */
export type Row = Value[]

/** The kind of a change: insert, update-before, update-after, delete. Codes are what generated code and files carry. */
export type RowKind = '+I' | '-U' | '+U' | '-D'

/** `+I` = 0, `-U` = 1, `+U` = 2, `-D` = 3: odd codes take a row back. */
export const ROW_KINDS: readonly RowKind[] = ['+I', '-U', '+U', '-D']
export type RowKindCode = 0 | 1 | 2 | 3
export const INSERT = 0
export const UPDATE_BEFORE = 1
export const UPDATE_AFTER = 2
export const DELETE = 3

/** Before the first event: the watermark at the start, in epoch ms. */
export const MIN_WATERMARK = Number.NEGATIVE_INFINITY
/** After the last event of bounded input. */
export const MAX_WATERMARK = Number.POSITIVE_INFINITY

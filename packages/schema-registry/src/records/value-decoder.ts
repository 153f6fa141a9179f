// Emits the decoding of records that readers turn into values at once, as one row or as several changes.

import type { CodeScope, DecodedRecord, RecordDecoder, RecordNames } from 'millrace'

/** Reads one record; holds what it gave until the next. */
export interface RecordValues {
  /** Rows in the record, with what is asked for in `values`, one row after the other; -1: a `problem`. */
  read(bytes: Uint8Array, start: number, end: number): number
  readonly values: readonly unknown[]
  /** Slots of a row. */
  readonly width: number
  /** Of each row; absent: records are insertions. */
  readonly kinds?: readonly number[]
  readonly problem: string
}

/** A decoder of records that lie apart. */
export class ValueDecoder implements RecordDecoder {
  readonly #record: RecordValues

  constructor(record: RecordValues) {
    this.#record = record
  }

  emitRecord(
    scope: CodeScope,
    { bytes, position, end }: RecordNames,
    onMalformed: (reason: string) => string,
    consume: (record: DecodedRecord) => void,
  ): void {
    const record = scope.constant(this.#record, 'record')
    const values = scope.constant(this.#record.values, 'values')
    const rows = scope.local('rows')
    scope.statement(`const ${rows} = ${record}.read(${bytes}, ${position}, ${end})`)
    scope.statement(`${position} = ${end}`)
    scope.statement(`if (${rows} < 0) { ${onMalformed(`${record}.problem`)} }`)
    const { kinds, width } = this.#record
    const i = scope.local('row')
    if (kinds) scope.statement(`for (let ${i} = 0; ${i} < ${rows}; ${i}++) {`)
    consume({
      ...(kinds && { kind: `${record}.kinds[${i}]` }),
      value(inner, slot) {
        const value = inner.local('value')
        const at = kinds ? `${i} * ${width} + ${slot}` : `${slot}`
        inner.statement(`const ${value} = ${values}[${at}]`)
        return value
      },
    })
    if (kinds) scope.statement('}')
  }
}

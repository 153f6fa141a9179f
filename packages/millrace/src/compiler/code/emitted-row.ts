// A row in generated code: columns are values in locals, made as late as they are first needed.

import type { BlockScope } from './code-module.ts'

/** A column that emits its value on first use and remembers where that is visible. */
export class EmittedColumn {
  readonly #emit: (scope: BlockScope) => string
  readonly #made: { readonly scope: BlockScope; readonly atom: string }[] = []
  /** Fields of a ROW that have values of their own: reading one does not build the row. */
  readonly fields: ReadonlyMap<number, EmittedColumn> | undefined

  constructor(emit: (scope: BlockScope) => string, fields?: ReadonlyMap<number, EmittedColumn>) {
    this.#emit = emit
    this.fields = fields
  }

  /** A column that already is a local or a literal everywhere. */
  static of(atom: string): EmittedColumn {
    return new EmittedColumn(() => atom)
  }

  /** The atom that holds the value, emitting its computation into `scope` if no visible block has it. */
  value(scope: BlockScope): string {
    const visible = this.#made.find(m => scope.sees(m.scope))
    if (visible) return visible.atom
    const atom = this.#emit(scope)
    this.#made.push({ scope, atom })
    return atom
  }
}

/** A row on its way through a pipeline. */
export interface EmittedRow {
  /** Code of the row kind (`RowKindCode`); the literal `0` on append-only edges. */
  readonly kind: string
  readonly columns: readonly EmittedColumn[]
}

/** Emits the row as an array of its values. */
export function emitRowArray(scope: BlockScope, row: EmittedRow): string {
  return `[${row.columns.map(c => c.value(scope)).join(', ')}]`
}

/** The row held by the local `name` as an array. */
export function rowFromArray(name: string, width: number, kind: string): EmittedRow {
  const columns = Array.from(
    { length: width },
    (_, i) => new EmittedColumn(scope => scope.assign(`c${i}`, `${name}[${i}]`)),
  )
  return { kind, columns }
}

// Small generated functions over row arrays, which operators call: keys, conditions, values, comparisons.

import type { EvaluationContext } from '../../functions/function-definition.ts'
import type { Expression, SortKey } from '../../plan/expression.ts'
import { comparatorOf } from '../../types/compare.ts'
import type { MapKey } from '../../types/key-text.ts'
import type { Row, Value } from '../../types/value.ts'
import { emitRowKey } from '../exec/key-code.ts'
import { CodeModule } from './code-module.ts'
import { emitCondition, emitExpression, type EmitEnvironment } from './emit-expression.ts'
import { rowFromArray } from './emitted-row.ts'

/** Makes functions; keeps their sources for `explain({ code: true })`. */
export class RowFunctions {
  readonly #context: EvaluationContext
  readonly sources: string[] = []

  constructor(context: EvaluationContext) {
    this.#context = context
  }

  /** The values of expressions over one row. */
  values(expressions: readonly Expression[], width: number): (row: Row) => Row {
    return this.#make('values', ['row'], [width], (module, env) =>
      module.addFunction('values', ['row'], scope => {
        const atoms = expressions.map(e => emitExpression(scope, e, env))
        scope.statement(`return [${atoms.join(', ')}]`)
      }),
    )
  }

  /** The map key of expressions over one row. */
  key(expressions: readonly Expression[], width: number): (row: Row) => MapKey {
    const types = expressions.map(e => e.type)
    return this.#make('key', ['row'], [width], (module, env) =>
      module.addFunction('key', ['row'], scope => {
        const atoms = expressions.map(e => emitExpression(scope, e, env))
        scope.statement(`return ${emitRowKey(scope, types, atoms)}`)
      }),
    )
  }

  /** Whether a condition over the columns of `left` then `right` is TRUE; always, without one. */
  condition(
    condition: Expression | undefined,
    leftWidth: number,
    rightWidth: number,
  ): (left: Row, right: Row) => boolean {
    if (!condition) return () => true
    return this.#make('condition', ['left', 'right'], [leftWidth, rightWidth], (module, env) =>
      module.addFunction('condition', ['left', 'right'], scope => {
        scope.statement(`return ${emitCondition(scope, condition, env)}`)
      }),
    )
  }

  /** Compares two rows by sort keys: negative, zero, positive. */
  comparator(order: readonly SortKey[], width: number): (a: Row, b: Row) => number {
    const read = this.values(
      order.map(o => o.expression),
      width,
    )
    const compare = this.sortValues(order)
    return (a, b) => compare(read(a), read(b))
  }

  /** Compares the evaluated sort values of two rows. */
  sortValues(order: readonly SortKey[]): (a: Row, b: Row) => number {
    const compares = order.map(o => comparatorOf(o.expression.type))
    return (a, b) => {
      for (let i = 0; i < order.length; i++) {
        const { descending, nullsFirst } = order[i] as SortKey
        const [x, y] = [a[i] as Value, b[i] as Value]
        if (x === null || y === null) {
          if (x === y) continue
          return (x === null) === nullsFirst ? -1 : 1
        }
        const c = (compares[i] as (x: Value, y: Value) => number)(x, y)
        if (c !== 0) return descending ? -c : c
      }
      return 0
    }
  }

  #make<T>(
    _kind: string,
    names: readonly string[],
    widths: readonly number[],
    emit: (module: CodeModule, env: EmitEnvironment) => string,
  ): T {
    const module = new CodeModule()
    const columns = names.flatMap((n, i) => rowFromArray(n, widths[i] as number, '0').columns)
    const context = module.constant(this.#context, 'context')
    const name = emit(module, { columns, context })
    this.sources.push(module.source(name))
    return module.instantiate<T>(name)
  }
}

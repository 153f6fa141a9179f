// Code of accumulators: how the aggregates of one operator live in an entry of state, and what is done to them per row.

import type { AccumulatorField, AggregateBinding } from '../../functions/function-definition.ts'
import type { AggregateCall } from '../../plan/expression.ts'
import { type DataType, notNull, types } from '../../types/data-type.ts'
import { createRowKey, isPrimitiveKey } from '../../types/key-text.ts'
import type { BlockScope } from '../code/code-module.ts'
import { type EmitEnvironment, emitCondition, emitExpression } from '../code/emit-expression.ts'

/** Where a call's fields are in the entry: positions in {@link Accumulators.fields}. */
interface Slot {
  readonly call: AggregateCall
  readonly binding: AggregateBinding
  readonly first: number
  /** The field that counts distinct arguments, when DISTINCT. */
  readonly distinct: number | undefined
}

/** What a row brings to each call, evaluated once: passed from the input pipeline to the operator's function. */
export interface CallInputs {
  /** Per call: its argument atoms, and the atom of its filter (undefined: none). */
  readonly calls: readonly {
    readonly args: readonly string[]
    readonly filter: string | undefined
  }[]
}

/** The inputs as arguments, in the order of {@link Accumulators.parameters}. */
export function flattenInputs(inputs: CallInputs): string[] {
  return inputs.calls.flatMap(c => (c.filter ? [...c.args, c.filter] : [...c.args]))
}

export class Accumulators {
  readonly fields: AccumulatorField[] = []
  readonly #slots: Slot[] = []

  constructor(calls: readonly AggregateCall[], retract: boolean) {
    for (const call of calls) {
      const binding = call.resolve({ retract })
      const first = this.fields.length
      this.fields.push(...binding.fields)
      let distinct: number | undefined
      if (call.distinct) {
        distinct = this.fields.length
        const type = distinctType(binding)
        this.fields.push({ name: 'distinct', type, initial: 'new Map()', mayGrow: true })
      }
      this.#slots.push({ call, binding, first, distinct })
    }
  }

  /** Whether an update may throw: it then leaves the accumulators of built-in functions as they were. */
  get mayThrow(): boolean {
    return this.#slots.some(s => s.binding.callsUser)
  }

  /** Emits the arguments and filters of all calls. */
  emitInputs(scope: BlockScope, env: EmitEnvironment): CallInputs {
    return {
      calls: this.#slots.map(({ call }) => ({
        args: call.args.map(a => emitExpression(scope, a, env)),
        filter: call.filter && scope.assign('pass', emitCondition(scope, call.filter, env)),
      })),
    }
  }

  /** Names for the flattened inputs as parameters of a function: per call its arguments, then its filter. */
  parameters(): { readonly names: readonly string[]; readonly inputs: CallInputs } {
    const names: string[] = []
    const calls = this.#slots.map(({ call }, i) => {
      const args = call.args.map((_, j) => `a${i}_${j}`)
      names.push(...args)
      const filter = call.filter && `pass${i}`
      if (filter) names.push(filter)
      return { args, filter }
    })
    return { names, inputs: { calls } }
  }

  /** Emits statements that take a row into (or back out of) the accumulators of `entry`. */
  emitUpdate(scope: BlockScope, entry: string, inputs: CallInputs, retract: boolean): void {
    // What may throw comes first, so that a row is taken in by all calls or by none.
    const byRisk = [...this.#slots.entries()].sort(
      ([, a], [, b]) => Number(b.binding.callsUser ?? false) - Number(a.binding.callsUser ?? false),
    )
    for (const [i, slot] of byRisk) {
      const input = inputs.calls[i] as CallInputs['calls'][number]
      const tests: string[] = []
      if (input.filter) tests.push(input.filter)
      if (slot.binding.skipsNulls)
        slot.call.args.forEach((a, j) => {
          if (a.type.nullable) tests.push(`${input.args[j]} !== null`)
        })
      const body = scope.child()
      this.#emitCall(body, slot, entry, input.args, retract)
      if (body.isEmpty) continue
      scope.statement(
        tests.length > 0
          ? `if (${tests.join(' && ')}) {\n${body.text()}\n}`
          : `{\n${body.text()}\n}`,
      )
    }
  }

  /** Emits statements that merge `other` into `entry`. */
  emitMerge(scope: BlockScope, entry: string, other: string): void {
    for (const slot of this.#slots) {
      const into = this.#names(slot, entry)
      const from = this.#names(slot, other)
      if (slot.distinct === undefined) {
        slot.binding.merge?.(scope, into, from)
        continue
      }
      // Distinct arguments of both sides are counted together; an argument new to `entry` is accumulated.
      const [mine, theirs] = [`${entry}.f${slot.distinct}`, `${other}.f${slot.distinct}`]
      scope.block(`for (const [key, count] of ${theirs}) `, inner => {
        inner.statement(`const had = ${mine}.get(key)`)
        inner.block('if (had === undefined) ', fresh => {
          fresh.statement(`${mine}.set(key, count)`)
          slot.binding.accumulate(fresh, into, distinctArgs(slot, 'key'))
        })
        inner.statement(`else ${mine}.set(key, had + count)`)
      })
    }
  }

  /** Whether `emitUnmerge` undoes `emitMerge` exactly. */
  get canUnmerge(): boolean {
    return this.#slots.every(s => s.distinct === undefined && s.binding.unmerge !== undefined)
  }

  /** Whether results stay as they are when the accumulators change: no result shares a collection with them. */
  get areScalar(): boolean {
    return this.fields.every(f => isPrimitiveKey(f.type))
  }

  /** Emits statements that take `other`, which was merged into `entry`, back out. */
  emitUnmerge(scope: BlockScope, entry: string, other: string): void {
    for (const slot of this.#slots)
      slot.binding.unmerge?.(scope, this.#names(slot, entry), this.#names(slot, other))
  }

  /** Emits the results of all calls; returns their atoms. */
  emitResults(scope: BlockScope, entry: string): string[] {
    return this.#slots.map(slot =>
      scope.assign('agg', slot.binding.result(scope, this.#names(slot, entry))),
    )
  }

  #names(slot: Slot, entry: string): string[] {
    return slot.binding.fields.map((_, i) => `${entry}.f${slot.first + i}`)
  }

  #emitCall(
    scope: BlockScope,
    slot: Slot,
    entry: string,
    args: readonly string[],
    retract: boolean,
  ): void {
    const fields = this.#names(slot, entry)
    const change = (inner: BlockScope) =>
      retract
        ? slot.binding.retract?.(inner, fields, args)
        : slot.binding.accumulate(inner, fields, args)
    if (slot.distinct === undefined) {
      change(scope)
      return
    }
    const seen = `${entry}.f${slot.distinct}`
    const key = distinctKey(scope, slot, args)
    const count = scope.assign('count', `${seen}.get(${key})`)
    if (retract) {
      scope.block(`if (${count} === 1) `, inner => {
        inner.statement(`${seen}.delete(${key})`)
        change(inner)
      })
      scope.statement(`else if (${count} !== undefined) ${seen}.set(${key}, ${count} - 1)`)
    } else {
      scope.block(`if (${count} === undefined) `, inner => {
        inner.statement(`${seen}.set(${key}, 1)`)
        change(inner)
      })
      scope.statement(`else ${seen}.set(${key}, ${count} + 1)`)
    }
  }
}

/** DISTINCT over one primitive argument keeps its values as keys; else the arguments themselves must be kept too. */
function distinctType(binding: AggregateBinding): DataType {
  const [only] = binding.parameters
  if (binding.parameters.length === 1 && only && isPrimitiveKey(only)) return types.multiset(only)
  return types.multiset(notNull(types.string))
}

function distinctKey(scope: BlockScope, slot: Slot, args: readonly string[]): string {
  const { parameters } = slot.binding
  const [only] = parameters
  if (parameters.length === 1 && only && isPrimitiveKey(only)) return args[0] as string
  const text = scope.constant(createRowKey([...parameters, types.string]), 'distinctKey')
  return scope.assign('key', `${text}([${[...args, 'null'].join(', ')}])`)
}

function distinctArgs(slot: Slot, key: string): readonly string[] {
  return slot.binding.parameters.map(() => key)
}

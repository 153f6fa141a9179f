// Compiles what bindings emit, in the simplest way, so that tests can hold it against `evaluate`.

import type {
  AggregateBinding,
  CodeScope,
  EvaluationContext,
  ScalarBinding,
} from '../../../src/functions/function-definition.ts'
import type { Value } from '../../../src/types/value.ts'

class TestScope implements CodeScope {
  readonly constants = new Map<string, unknown>()
  code = ''
  #names = 0

  local(hint: string): string {
    return `${hint}_${this.#names++}`
  }

  statement(code: string): void {
    this.code += `${code}\n`
  }

  constant(value: unknown, hint: string): string {
    for (const [name, known] of this.constants) if (known === value) return name
    const name = this.local(hint)
    this.constants.set(name, value)
    return name
  }

  build(parameters: readonly string[], body: string): (...args: unknown[]) => unknown {
    const make = new Function(
      ...this.constants.keys(),
      `'use strict'\nreturn (${parameters.join(', ')}) => {\n${body}\n}`,
    )
    return make(...this.constants.values()) as (...args: unknown[]) => unknown
  }
}

/** The emitted form of a scalar binding, with the NULL guard that the compiler puts around strict calls. */
export function compileScalar(binding: ScalarBinding): (...args: Value[]) => Value {
  const emit = binding.emit
  if (emit === undefined) throw new TypeError('the binding has no emitter')
  const scope = new TestScope()
  const names = binding.parameters.map((_, i) => `a${i}`)
  const value = emit(scope, names)
  const guard =
    binding.nulls === 'strict' && names.length > 0
      ? `if (${names.map(n => `${n} === null`).join(' || ')}) return null\n`
      : ''
  return scope.build(names, `${guard}${scope.code}return ${value}`) as (...args: Value[]) => Value
}

/** `evaluate` with the NULL rule of the binding. */
export function interpretScalar(
  binding: ScalarBinding,
  context: EvaluationContext = testContext,
): (...args: Value[]) => Value {
  const evaluate = binding.evaluate as (...args: unknown[]) => Value
  return (...args) => {
    if (binding.nulls === 'strict' && args.includes(null)) return null
    return binding.usesContext ? evaluate(context, ...args) : evaluate(...args)
  }
}

export const testContext: EvaluationContext = {
  nowMs: () => 0,
  queryStartMs: () => 0,
  watermarkMs: () => Number.NEGATIVE_INFINITY,
  random: () => 0.5,
}

type Accumulator = Value[]

export interface CompiledAggregate {
  create(): Accumulator
  accumulate(state: Accumulator, args: readonly Value[]): void
  retract(state: Accumulator, args: readonly Value[]): void
  merge(state: Accumulator, from: Accumulator): void
  result(state: Accumulator): Value
}

/** The emitted form of an aggregate; its state is an array of its fields. */
export function compileAggregate(binding: AggregateBinding): CompiledAggregate {
  const fields = binding.fields.map((_, i) => `state[${i}]`)
  const fromFields = binding.fields.map((_, i) => `other[${i}]`)
  const args = binding.parameters.map((_, i) => `args[${i}]`)
  const build = (emit: (scope: TestScope) => string): ((...x: unknown[]) => unknown) => {
    const scope = new TestScope()
    const value = emit(scope)
    return scope.build(['state', 'args', 'other'], `${scope.code}return ${value}`)
  }
  const step = (emit: (scope: TestScope) => void) =>
    build(scope => {
      emit(scope)
      return 'null'
    })
  const accumulate = step(s => binding.accumulate(s, fields, args))
  const retract = binding.retract && step(s => binding.retract?.(s, fields, args))
  const merge = binding.merge && step(s => binding.merge?.(s, fields, fromFields))
  const result = build(s => binding.result(s, fields))
  const create = new TestScope().build(
    [],
    `return [${binding.fields.map(f => f.initial).join(', ')}]`,
  )
  const takes = (row: readonly Value[]) => !(binding.skipsNulls && row.includes(null))
  return {
    create: () => create() as Accumulator,
    accumulate: (state, row) => void (takes(row) && accumulate(state, row)),
    retract: (state, row) => void (takes(row) && retract?.(state, row)),
    merge: (state, other) => void merge?.(state, undefined, other),
    result: state => result(state) as Value,
  }
}

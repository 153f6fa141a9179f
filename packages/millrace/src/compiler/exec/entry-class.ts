// The generated class of a state entry: key columns `k…`, accumulator fields `f…`, all initialised, so that V8 sees one shape.

import type { AccumulatorField } from '../../functions/function-definition.ts'
import type { CodeModule } from '../code/code-module.ts'

export interface EntryClass {
  readonly name: string
  /** Exported functions of the module that take an entry apart and make one. */
  readonly keyOf: string
  readonly valueOf: string
  readonly make: string
}

/**
 * @param extra further persisted fields, such as a row count, as `name: initial`
 * @param transient fields that are not part of the stored value
 */
export function declareEntryClass(
  module: CodeModule,
  keyCount: number,
  fields: readonly AccumulatorField[],
  extra: readonly { readonly name: string; readonly initial: string }[] = [],
  transient: readonly string[] = [],
): EntryClass {
  const name = module.name('Entry')
  const keys = Array.from({ length: keyCount }, (_, i) => `k${i}`)
  const own = [...fields.map((f, i) => ({ name: `f${i}`, initial: f.initial })), ...extra]
  module.declare(
    [
      `class ${name} {`,
      `  constructor(${keys.join(', ')}) {`,
      ...keys.map(k => `    this.${k} = ${k}`),
      ...own.map(f => `    this.${f.name} = ${f.initial}`),
      ...transient.map(name => `    this.${name} = 0`),
      '    this.dirty = false',
      '    this.live = true',
      '  }',
      '}',
    ].join('\n'),
  )
  const keyOf = module.name('keyOf')
  module.declare(`function ${keyOf}(e) { return [${keys.map(k => `e.${k}`).join(', ')}] }`)
  const valueOf = module.name('valueOf')
  module.declare(`function ${valueOf}(e) { return [${own.map(f => `e.${f.name}`).join(', ')}] }`)
  const make = module.name('make')
  module.declare(
    [
      `function ${make}(key, value) {`,
      `  const e = new ${name}(${keys.map((_, i) => `key[${i}]`).join(', ')})`,
      ...own.map((f, i) => `  e.${f.name} = value[${i}]`),
      '  return e',
      '}',
    ].join('\n'),
  )
  return { name, keyOf, valueOf, make }
}

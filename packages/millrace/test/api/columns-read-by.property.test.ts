// The law of the analysis: a function never reads a property that was not foreseen.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnsReadBy } from '../../src/api/streams/columns-read-by.ts'

const column = fc.constantFrom('a', 'b', 'c', 'long_name', 'q1')
const number = fc.integer({ min: 0, max: 9 }).map(String)

const { expression } = fc.letrec<{ expression: string }>(tie => ({
  expression: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    number,
    column.map(c => `d.${c}`),
    column.map(c => `d['${c}']`),
    column.map(c => `d?.${c}`),
    fc.tuple(tie('expression'), tie('expression')).map(([x, y]) => `(${x} + ${y})`),
    fc.tuple(tie('expression'), tie('expression')).map(([x, y]) => `(${x} ? ${y} : 0)`),
    tie('expression').map(x => `[${x}].map(v => v + 1)[0]`),
    tie('expression').map(x => `((d) => ${x})(d)`),
    fc
      .tuple(column, tie('expression'))
      .map(([c, x]) => `(() => { const { ${c}: z } = d; return z + ${x} })()`),
    column.map(c => `Object.keys({ ...d, ${c}: 1 }).length`),
    column.map(c => `((k) => d[k])('${c}')`),
    tie('expression').map(x => `JSON.stringify({ d: ${x} }).length`),
  ),
}))

describe('columnsReadBy', () => {
  it('foresees every property that a random function reads', () => {
    fc.assert(
      fc.property(expression, body => {
        const fn = new Function(`return d => ${body}`)() as (d: object) => unknown
        const touched = new Set<string>()
        const row = new Proxy({ a: 1, b: 2, c: 3, long_name: 4, q1: 5 } as Record<string, number>, {
          get(target, name) {
            touched.add(String(name))
            return target[String(name)]
          },
          ownKeys(target) {
            touched.add('*')
            return Reflect.ownKeys(target)
          },
        })
        fn(row)
        const { names } = columnsReadBy(fn)
        if (names === undefined) return
        for (const name of touched) expect(names).toContain(name)
      }),
      { numRuns: 500 },
    )
  })
})

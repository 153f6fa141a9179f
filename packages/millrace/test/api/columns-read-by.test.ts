// Which columns a lambda reads, as told by its source.

import { describe, expect, it } from 'vitest'
import { columnsReadBy } from '../../src/api/streams/columns-read-by.ts'

interface Row {
  a: number
  b: { c: number }
  [name: string]: unknown
}

const log: unknown[] = []

describe('columnsReadBy', () => {
  it.each<[string, (row: Row, context: unknown) => unknown, string[]]>([
    ['properties', d => d.a + Number(d['b']), ['a', 'b']],
    ['nested properties', d => d.b.c, ['b']],
    ['optional chaining', d => d?.a, ['a']],
    ['destructured parameters', ({ a, b: { c } }) => a + c, ['a', 'b']],
    ['defaults in patterns', ({ a = 1 }) => a, ['a']],
    [
      'destructuring in the body',
      d => {
        const { a } = d
        return a
      },
      ['a'],
    ],
    ['a use in a nested function', d => [1].map(x => x + d.a), ['a']],
    ['a key of the same name', d => ({ d: d.a }), ['a']],
    [
      'a property of the same name on something else',
      (d, context) => (context as { d: 1 }).d + d.a,
      ['a'],
    ],
    ['a function that reads nothing', () => 1, []],
    ['a classic function', d => d.a, ['a']],
    ['an assertion that is erased', d => (d.a as number) + 1, ['a']],
    ['a template', d => `${d.a}`, ['a']],
  ])('finds %s', (_, fn, expected) => {
    expect(columnsReadBy(fn).names).toEqual(expected)
  })

  it.each<[string, (...args: never[]) => unknown]>([
    ['is given away', (d: Row) => log.push(d)],
    ['is spread', (d: Row) => ({ ...d })],
    ['is indexed by a variable', (d: Row, key: string) => d[key]],
    ['is returned', (d: Row) => d],
    [
      'is reassigned',
      (d: Row) => {
        d = { ...d }
        return 1
      },
    ],
    [
      'is enumerated',
      (d: Row) => {
        for (const k in d) log.push(k)
      },
    ],
    ['is taken by shorthand', (d: Row) => ({ d })],
    ['has a rest pattern', ({ a, ...rest }: Row) => [a, rest]],
    ['has a computed pattern', ({ [String(1)]: x }: Row) => x],
    ['is a rest parameter', (...rows: Row[]) => rows],
    [
      'is seen through arguments',
      function (this: unknown, _d: Row) {
        // biome-ignore lint/complexity/noArguments: what is tested
        return arguments[0]
      },
    ],
    ['belongs to a native function', Math.max as never],
    ['belongs to a bound function', ((d: Row) => d.a).bind(null)],
  ])('gives up when the row %s', (_, fn) => {
    expect(columnsReadBy(fn).names).toBeUndefined()
  })

  it('reads methods written in shorthand', () => {
    const definition = {
      onEvent(d: Row, context: { emit(x: unknown): void }) {
        context.emit(d.a)
      },
    }
    expect(columnsReadBy(definition.onEvent).names).toEqual(['a'])
  })

  it('tells a function that only picks columns', () => {
    expect(columnsReadBy((d: Row) => d.a).picks).toEqual(['a'])
    expect(columnsReadBy((d: Row) => [d.a, d.b]).picks).toEqual(['a', 'b'])
    expect(columnsReadBy((d: Row) => d.a + 1).picks).toBeUndefined()
    expect(columnsReadBy((d: Row) => d.b.c).picks).toBeUndefined()
  })

  it('never runs the function', () => {
    columnsReadBy(() => {
      throw new Error('was run')
    })
  })
})

// The straight walk over expected fields gives what JSON.parse gives, whatever records make of the expectation.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonFormat } from '../../../src/runner/formats/json/json-format.ts'
import { types as t } from '../../../src/types/data-type.ts'
import type { Schema } from '../../../src/types/schema.ts'
import { decodeText } from './decode.ts'

const inner = t.row([
  { name: 'x', type: t.string },
  { name: 'unread', type: t.string },
  { name: 'y', type: t.bigint },
])
const schema: Schema = [
  { name: 'id', type: t.bigint },
  { name: 'nested', type: inner },
  { name: 'skipped', type: inner },
  { name: 'text', type: t.string },
  { name: 'größe', type: t.string },
]
const paths = [['id'], ['nested', 'x'], ['nested', 'y'], ['text'], ['größe']]

/** Texts whose ends fall on every place of a word, with what must be escaped and what is no ASCII. */
const text = fc.string({
  unit: fc.constantFrom(
    'a',
    'Z',
    '0',
    ' ',
    '!',
    '#',
    '"',
    '\\',
    '\n',
    '\u0001',
    '{',
    ',',
    'é',
    '😀',
  ),
  maxLength: 19,
})
const nested = fc.option(
  fc.record(
    { x: fc.option(text), unread: fc.option(text), y: fc.option(fc.integer()) },
    { requiredKeys: [] },
  ),
)
const values = fc.record(
  {
    id: fc.option(fc.maxSafeInteger()),
    nested,
    skipped: nested,
    text: fc.option(text),
    größe: text,
    other: fc.option(nested),
  },
  { requiredKeys: [] },
)

/** One line: fields in some order, the first ones perhaps again, with or without space around tokens. */
const line = fc
  .tuple(values, fc.boolean(), fc.nat(3), fc.constantFrom('', ' ', '\t'))
  .map(([value, isTurned, repeats, space]) => {
    const entries = Object.entries(value)
    if (isTurned) entries.reverse()
    const fields = [...entries, ...entries.slice(0, repeats)]
    return `{${fields.map(([k, v]) => `${space}${JSON.stringify(k)}${space}:${space}${JSON.stringify(v)}${space}`).join(',')}}`
  })

it('reads nested and flat fields in any order, missing, repeated and spaced, as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), lines => {
      const { rows, problems } = decodeText(jsonFormat, schema, `${lines.join('\n')}\n`, { paths })
      expect(problems).toEqual([])
      expect(rows).toEqual(
        lines.map(l => {
          const parsed = JSON.parse(l)
          return paths.map(([column = '', field]) => {
            const value = parsed[column]
            return (field === undefined ? value : value?.[field]) ?? null
          })
        }),
      )
    }),
    { numRuns: 500 },
  )
})

it('finds a record malformed wherever it is cut, and reads the next one', () => {
  const whole = '{"id":12,"nested":{"x":"abc","unread":"d","y":3},"skipped":null,"text":"efgh"}'
  const next = '{"id":7}'
  for (let cut = 1; cut < whole.length; cut++) {
    const { rows, problems } = decodeText(jsonFormat, schema, `${whole.slice(0, cut)}\n${next}\n`, {
      paths,
    })
    expect(problems, whole.slice(0, cut)).toHaveLength(1)
    expect(rows).toEqual([[7, null, null, null, null]])
  }
})

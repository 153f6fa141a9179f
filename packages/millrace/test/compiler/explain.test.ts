// What explain() prints beside the plans.

import { expect, it } from 'vitest'
import { blackhole, count, memory, Millrace, t, tumble } from '../../src/index.ts'

function program() {
  const app = new Millrace('explained')
  const events = app.table('events', {
    source: memory([{ key: 'a', n: 1, at: 0 }]),
    schema: { key: t.string(), n: t.int(), at: t.timestamp() },
    watermark: { column: 'at' },
  })
  events
    .where(e => e.n.gt(7))
    .window(tumble('at', '1m'))
    .groupBy('key')
    .select({ events: count() })
    .into(blackhole())
  return app
}

it('shows the generated code on demand, without running anything', () => {
  const app = program()
  expect(app.explain()).not.toContain('Generated code')
  const [, code] = app.explain({ code: true }).split('== Generated code ==\n')
  expect(code).toMatch(/function source\w*\(rows, kinds, position, end, limit, max, split\)/)
  expect(code).toMatch(/ > 7\b/)
})

it('says what each sink takes and guarantees', () => {
  expect(program().explain()).toMatch(/== Sinks ==\nblackhole: append, exactly-once\n/)
})

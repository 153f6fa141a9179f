// What the compiler knows of functions, and what it refuses.

import {
  aggregateFunction,
  overloads,
  scalarFunction,
  t,
  tableFunction,
} from '../../../src/index.ts'
import { createFlightsApp } from '../flights-app.ts'

type Equal<A, B> =
  (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false
/** Compiles only for the same type. */
function isType<Expected>() {
  return <Actual>(_: Actual, ..._same: Equal<Expected, Actual> extends true ? [] : [never]) => {}
}

const { app, departures } = createFlightsApp()

const label = scalarFunction({
  args: { code: t.string(), seats: t.int(), note: t.string().nullable() },
  defaults: { note: null },
  returns: t.string(),
  eval(args) {
    isType<{ readonly code: string; readonly seats: number; readonly note: string | null }>()(args)
    return args.code
  },
})
const twice = scalarFunction({
  args: [t.int(), t.bigint()],
  returns: t.bigint(),
  eval: (n, m) => BigInt(n) * m,
})

const selected = departures.select(d => ({
  // Never NULL for columns that are never NULL
  plain: label({ code: d.origin, seats: d.seats }),
  // NULL where an argument is that the function does not take NULL for
  missing: twice(d.delayMin, d.miles),
  constants: twice(1, 2n),
}))
isType<{ readonly plain: string; readonly missing: bigint | null; readonly constants: bigint }>()(
  selected.Row,
)

// @ts-expect-error: code is missing
departures.select(d => ({ x: label({ seats: d.seats }) }))
// @ts-expect-error: seats is no text
departures.select(d => ({ x: label({ code: d.seats, seats: d.seats }) }))
// @ts-expect-error: one argument too few
departures.select(d => ({ x: twice(d.seats) }))
// @ts-expect-error: it gives a number, not a text
scalarFunction({ args: [t.int()], returns: t.string(), eval: n => n })
// @ts-expect-error: no such argument
scalarFunction({ args: { a: t.int() }, defaults: { b: 1 }, returns: t.int(), eval: ({ a }) => a })

const kind = overloads(
  scalarFunction({ args: [t.string()], returns: t.string(), eval: s => s }),
  scalarFunction({ args: [t.int()], returns: t.int(), eval: n => n }),
)
const kinds = departures.select(d => ({ text: kind(d.origin), number: kind(d.seats) }))
isType<{ readonly text: string; readonly number: number }>()(kinds.Row)

const letters = tableFunction({
  args: [t.string()],
  returns: { letter: t.string(), at: t.int() },
  *eval(text) {
    for (let at = 0; at < text.length; at++) yield { letter: text.charAt(at), at }
  },
})
isType<string>()(departures.joinLateral(d => letters(d.origin)).Row.letter)
isType<string | null>()(departures.leftJoinLateral(d => letters(d.origin)).Row.letter)

const spread = aggregateFunction({
  args: { of: t.int() },
  accumulator: { values: t.array(t.int()) },
  returns: t.double().nullable(),
  create: () => ({ values: [] }),
  accumulate(a, { of }) {
    isType<number[]>()(a.values)
    a.values.push(of)
  },
  result: a => (a.values.length === 0 ? null : Math.max(...a.values) - Math.min(...a.values)),
})
isType<{ readonly origin: string; readonly s: number | null }>()(
  departures.groupBy('origin').select({ s: spread({ of: 'seats' }) }).Row,
)

app.function('LABEL', label).function('SPREAD', spread).function('LETTERS', letters)
// @ts-expect-error: it was not made for SQL
app.function('PLAIN', (n: number) => n)

// Functions of a program, as TypeScript and SQL scripts name them.

import {
  aggregateFunction,
  asyncFunction,
  overloads,
  scalarFunction,
  t,
  tableFunction,
} from '../../../src/index.ts'

export const withTax = scalarFunction({
  args: { price: t.double(), rate: t.double() },
  defaults: { rate: 0.25 },
  returns: t.double(),
  eval: ({ price, rate }) => price * (1 + rate),
})

export const half = scalarFunction({
  args: [t.int()],
  returns: t.int(),
  eval(n) {
    if (n % 2 !== 0) throw new Error(`${n} is odd`)
    return n / 2
  },
})

/** Sees NULL, for its parameter may be NULL. */
export const describe = scalarFunction({
  args: [t.bigint().nullable(), t.string()],
  returns: t.string(),
  eval: (n, unit) => (n === null ? 'none' : `${n} ${unit}`),
})

export const kindOf = overloads(
  scalarFunction({ args: [t.bigint()], returns: t.string(), eval: n => `bigint ${n}` }),
  scalarFunction({ args: [t.double()], returns: t.string(), eval: n => `double ${n}` }),
  scalarFunction({ args: [t.string()], returns: t.string(), eval: s => `text ${s}` }),
  scalarFunction({
    args: [t.string(), t.int()],
    returns: t.string(),
    eval: (s, n) => s.repeat(n),
  }),
)

export const words = tableFunction({
  args: { text: t.string(), separator: t.string() },
  defaults: { separator: ',' },
  returns: { word: t.string(), length: t.int() },
  *eval({ text, separator }) {
    for (const word of text.split(separator)) if (word !== '') yield { word, length: word.length }
  },
})

export const weightedMean = aggregateFunction({
  args: { value: t.double(), weight: t.int() },
  accumulator: { sum: t.double(), weights: t.bigint(), seen: t.map(t.int(), t.int()) },
  returns: t.double().nullable(),
  create: () => ({ sum: 0, weights: 0n, seen: new Map() }),
  accumulate(a, { value, weight }) {
    if (weight < 0) throw new Error('a weight below 0')
    a.sum += value * weight
    a.weights += BigInt(weight)
    a.seen.set(weight, (a.seen.get(weight) ?? 0) + 1)
  },
  retract(a, { value, weight }) {
    a.sum -= value * weight
    a.weights -= BigInt(weight)
  },
  merge(a, other) {
    a.sum += other.sum
    a.weights += other.weights
  },
  result: a => (a.weights === 0n ? null : a.sum / Number(a.weights)),
})

/** Neither takes rows back nor merges. */
export const concatenated = aggregateFunction({
  args: [t.string()],
  accumulator: { text: t.string() },
  returns: t.string(),
  create: () => ({ text: '' }),
  accumulate(a, text) {
    a.text += text
  },
  result: a => a.text,
})

export const slowSquare = asyncFunction({
  args: [t.int()],
  returns: t.int(),
  concurrency: 3,
  async eval(n) {
    await new Promise(resolve => setTimeout(resolve, (n % 5) * 2))
    return n * n
  },
})

export const notAFunction = 7

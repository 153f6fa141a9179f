// The options of the hint LOOKUP('table' = 't', …): which there are, and what they mean.

import type { LookupHint } from '../../plan/lookup-hint.ts'
import { tryParseDuration } from '../../types/duration.ts'
import type { Hint } from '../ast/query.ts'

/** A hint that cannot be followed: what was expected, and what to write. */
export interface HintProblem {
  readonly expected: string
  readonly remedy: string
}

export interface TableLookup {
  readonly table: string
  readonly lookup: LookupHint
}

/** Options beyond these are passed over, as in Flink. */
const RETRY = ['retry-predicate', 'retry-strategy', 'fixed-delay', 'max-attempts']

/** Reads the hint. @see Flink's LookupJoinHintOptions */
export function readLookupHint({ args, options }: Hint): TableLookup | HintProblem {
  if (args.length > 0)
    return problem("'table' = '…'", "LOOKUP takes options, such as LOOKUP('table' = 't').")
  const given = new Map(options.map(o => [o.key, o.value]))
  const table = given.get('table')
  if (table === undefined)
    return problem("'table' = '…'", 'LOOKUP must name the table that is looked up.')
  const wrong = CHECKS.find(({ key, isValid }) => {
    const value = given.get(key)
    return value !== undefined && !isValid(value.toLowerCase())
  })
  if (wrong)
    return problem(
      `'${wrong.key}' = ${wrong.expected}`,
      `LOOKUP cannot have '${wrong.key}' = '${given.get(wrong.key)}'.`,
    )
  const missing = RETRY.filter(key => !given.has(key))
  if (missing.length > 0 && missing.length < RETRY.length)
    return problem(
      `'${missing[0]}' = '…'`,
      `A retry needs all of ${RETRY.map(k => `'${k}'`).join(', ')}.`,
    )
  const [async, capacity, timeout] = ['async', 'capacity', 'timeout'].map(k => given.get(k))
  return {
    table,
    lookup: {
      ...(async !== undefined && { async: async.toLowerCase() === 'true' }),
      ...(capacity !== undefined && { capacity: Number(capacity) }),
      ...(timeout !== undefined && { timeoutMs: tryParseDuration(timeout) ?? 0 }),
      ...(missing.length === 0 && {
        retry: {
          delayMs: tryParseDuration(given.get('fixed-delay') ?? '') ?? 0,
          maxAttempts: Number(given.get('max-attempts')),
        },
      }),
    },
  }
}

interface Check {
  readonly key: string
  readonly expected: string
  readonly isValid: (value: string) => boolean
}

const oneOf = (key: string, ...values: readonly string[]): Check => ({
  key,
  expected: values.map(v => `'${v}'`).join(' or '),
  isValid: value => values.includes(value),
})

const positive = (key: string): Check => ({
  key,
  expected: 'a positive integer',
  isValid: value => /^0*[1-9]\d*$/.test(value),
})

const duration = (key: string): Check => ({
  key,
  expected: "a duration such as '10 s'",
  isValid: value => tryParseDuration(value) !== undefined,
})

const CHECKS: readonly Check[] = [
  oneOf('async', 'true', 'false'),
  oneOf('output-mode', 'ordered', 'allow_unordered'),
  positive('capacity'),
  duration('timeout'),
  oneOf('retry-predicate', 'lookup_miss'),
  oneOf('retry-strategy', 'fixed_delay'),
  duration('fixed-delay'),
  positive('max-attempts'),
]

const problem = (expected: string, remedy: string): HintProblem => ({ expected, remedy })

// What names that an expression matches begin with.

import { expect, it } from 'vitest'
import { literalBeginnings } from '../../src/acls/literal-beginnings.ts'

const beginnings = (source: string): string[] =>
  literalBeginnings(new RegExp(`^(?:${source})$`, 'u')).map(
    ({ name, pattern }) => `${name}${pattern === 'Prefixed' ? '…' : ''}`,
  )

it.each([
  ['orders', ['orders']],
  ['orders-.*', ['orders-…']],
  ['orders\\.v1', ['orders.v1']],
  ['orders.v1', ['orders…']],
  ['orders?', ['order…']],
  ['ab{2}', ['a…']],
  ['orders|payments-[a-z|]+', ['orders', 'payments-…']],
  ['orders-(eu|us)', ['orders-…']],
  ['orders-eu|orders-.+|orders-.+x', ['orders-…']],
  ['a\\d', ['a…']],
  ['.*', ['*']],
  ['orders|.*-copy', ['*']],
])('%s: %j', (source, expected) => {
  expect(beginnings(source)).toEqual(expected)
})

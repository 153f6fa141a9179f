// What a broker's error code is called, and whether the same request may be sent again.

import { protocolErrors } from '@platformatic/kafka'

export interface ProtocolErrorName {
  readonly name: string
  readonly isRetriable: boolean
}

/** Over by themselves, too. */
const PASSING: ReadonlySet<string> = new Set(['REBALANCE_IN_PROGRESS', 'CONCURRENT_TRANSACTIONS'])

const BY_CODE = new Map(
  Object.values(protocolErrors).map(e => [
    e.code,
    { name: e.id, isRetriable: e.canRetry || PASSING.has(e.id) },
  ]),
)

/** The protocol's name of an error code. */
export function errorOf(code: number): ProtocolErrorName {
  return BY_CODE.get(code) ?? { name: `ERROR_${code}`, isRetriable: false }
}

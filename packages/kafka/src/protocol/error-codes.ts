// What a broker's error code is called, and whether the same request may be sent again.

import { protocolErrors } from '@platformatic/kafka'

export interface ProtocolErrorName {
  readonly name: string
  readonly isRetriable: boolean
}

const BY_CODE = new Map(
  Object.values(protocolErrors).map(e => [e.code, { name: e.id, isRetriable: e.canRetry }]),
)

/** The protocol's name of an error code. */
export function errorOf(code: number): ProtocolErrorName {
  return BY_CODE.get(code) ?? { name: `ERROR_${code}`, isRetriable: false }
}

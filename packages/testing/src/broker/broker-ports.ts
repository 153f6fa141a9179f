// Which ports a broker listens on, chosen once and kept over restarts.

import type { BrokerOptions } from './broker-options.ts'
import { freePorts } from './free-ports.ts'

export interface BrokerPorts {
  readonly plaintext: number
  readonly controller: number
  readonly secured?: {
    readonly saslPlaintext: number
    readonly saslSsl: number
    readonly ssl: number
  }
  readonly proxied: readonly { readonly port: number; readonly advertised: number }[]
}

/** The ports of the last start as far as they fit the options; free ones for the others. */
export async function choosePorts(
  options: BrokerOptions,
  last: BrokerPorts | undefined,
): Promise<BrokerPorts> {
  const count = options.proxiedListeners ?? 0
  const free = await freePorts(5 + 2 * count)
  const next = (): number => free.pop() as number
  const proxied = Array.from({ length: count }, (_, index) => {
    return last?.proxied[index] ?? { port: next(), advertised: next() }
  })
  const ports = {
    plaintext: options.port ?? last?.plaintext ?? next(),
    controller: last?.controller ?? next(),
    proxied,
  }
  if (!options.isSecured) return ports
  const secured = last?.secured ?? { saslPlaintext: next(), saslSsl: next(), ssl: next() }
  return { ...ports, secured }
}

// Ports of 127.0.0.1 that nobody listens on.

import { createServer } from 'node:net'

/** Below the ports that systems give to outgoing connections, one of which could take a port between its choice and its use. */
const FIRST_PORT = 12_000
const LAST_PORT = 31_999

/** Whether nobody listens on a port of 127.0.0.1. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => resolve(true))
    })
  })
}

/** Ports that are free now, each another one. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>()
  while (ports.size < count) {
    const port = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT + 1))
    if (!ports.has(port) && (await isPortFree(port))) ports.add(port)
  }
  return [...ports]
}

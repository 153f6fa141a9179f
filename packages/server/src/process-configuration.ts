// Where a job runs.

import { readFileSync } from 'node:fs'
import { arch, availableParallelism, hostname, platform, totalmem } from 'node:os'
import type { ConfigurationGroup } from 'millrace'

/** Of this process and its machine. */
export function processConfiguration(): ConfigurationGroup {
  const gib = (totalmem() / 2 ** 30).toFixed(1)
  return {
    name: 'Process',
    settings: [
      { name: 'Millrace', value: ownVersion() },
      { name: 'Node.js', value: process.versions.node },
      { name: 'host', value: hostname() },
      { name: 'process', value: String(process.pid) },
      {
        name: 'machine',
        value: `${platform()} ${arch()}, ${availableParallelism()} cores, ${gib} GiB`,
      },
      { name: 'working folder', value: process.cwd() },
    ],
  }
}

/** The same place from src/ and from dist/. */
function ownVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

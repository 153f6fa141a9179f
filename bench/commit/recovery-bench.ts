// Recovery of keyed state: from opening the folder until every key is back in a Map, with a log tail to replay.
//
//     npx node bench/commit/recovery-bench.ts [--keys 1000000] [--tail 20] [--folder .]

import { mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { nodePorts } from '../../packages/millrace/src/runner/node-ports.ts'
import { createStateBackend } from '../../packages/millrace/src/runner/state/create-state-backend.ts'
import { DeltaWriter } from '../../packages/millrace/src/state/delta-format.ts'
import { createKeyCodec } from '../../packages/millrace/src/state/key-codec.ts'
import { createRowCodec } from '../../packages/millrace/src/state/value-codec.ts'
import { types } from '../../packages/millrace/src/types/data-type.ts'
import { randomNumbers } from './workload.ts'

const { values: options } = parseArgs({
  options: {
    keys: { type: 'string', default: '1000000' },
    tail: { type: 'string', default: '5' },
    dirty: { type: 'string', default: '60000' },
    folder: { type: 'string', default: '.' },
  },
})
const keys = Number(options.keys)
const keyCodec = createKeyCodec([types.string])
const valueCodec = createRowCodec([types.bigint, types.double, types.bigint])
const folder = mkdtempSync(join(resolve(options.folder), '.recovery-bench-'))
const ports = nodePorts()
try {
  let backend = createStateBackend(folder, ports)
  await backend.open({ name: 'bench' })
  const writer = new DeltaWriter()
  let epoch = 0
  const commit = () => {
    const deltas = [{ operator: 'bench', bytes: writer.take() }]
    return backend.commit({ epoch: ++epoch, deltas, blobs: [], outboxes: [], trims: [] })
  }
  const put = (i: number) =>
    writer.put(0, undefined, keyCodec, [`user-${i}`], valueCodec, [epoch, i / 3, i])
  for (let at = 0; at < keys; at += 100_000) {
    for (let i = at; i < Math.min(keys, at + 100_000); i++) put(i)
    await commit()
  }
  await backend.fold()
  const random = randomNumbers(7)
  const encodeMs: number[] = []
  for (let n = 0; n < Number(options.tail); n++) {
    const started = performance.now()
    for (let i = 0; i < Number(options.dirty); i++) put(random() % keys)
    encodeMs.push(Math.round(performance.now() - started))
    await commit()
  }
  const { stateBytes, logBytes, baseFiles } = backend.stats()
  await backend.close()

  const started = performance.now()
  backend = createStateBackend(folder, ports)
  await backend.open({ name: 'bench' })
  const openMs = performance.now() - started
  let scanned = 0
  for await (const chunk of backend.scan('bench')) scanned += chunk.length
  const scanMs = performance.now() - started - openMs
  await backend.close()
  const again = performance.now()
  backend = createStateBackend(folder, ports)
  await backend.open({ name: 'bench' })
  const map = new Map<unknown, unknown>()
  for await (const chunk of backend.scan('bench'))
    for (const entry of chunk) map.set(keyCodec.read(entry.key)[0], valueCodec.decode(entry.value))
  const totalMs = performance.now() - again
  await backend.close()
  if (map.size !== keys || scanned !== keys)
    throw new Error(`${map.size} of ${keys} keys came back`)
  const figures = { keys, stateBytes, logBytes, baseFiles, openMs, scanMs, totalMs }
  console.log(JSON.stringify({ ...figures, encodeMs }))
} finally {
  rmSync(folder, { recursive: true })
}

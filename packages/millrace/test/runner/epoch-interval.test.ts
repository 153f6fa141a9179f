// How long an epoch is: what the program sets, what its script says, or 200 ms.

import { expect, it } from 'vitest'
import { createBuiltInRegistry } from '../../src/runner/built-in-registry.ts'
import { EmbeddedRunner } from '../../src/runner/embedded-runner.ts'
import { loadScript } from '../../src/runner/load-script.ts'
import { blackholeSink } from '../../src/runner/connectors/blackhole-sink.ts'

/** What a sink is told. */
async function epochMsIn(set: string, epochMs?: number): Promise<number | undefined> {
  let told: number | undefined
  const connectors = createBuiltInRegistry()
  connectors.addSink({
    ...blackholeSink,
    connector: 'telling',
    create(context) {
      told = context.epochMs
      return blackholeSink.create(context)
    },
  })
  const { program } = loadScript(
    `${set} CREATE TABLE t (n INT) WITH ('connector' = 'telling'); INSERT INTO t VALUES (1);`,
    { name: 'epochs', connectors, settings: epochMs === undefined ? {} : { epochMs } },
  )
  await (await new EmbeddedRunner().start(program)).finished
  return told
}

it('is set by the program, by its script, or 200 ms', async () => {
  expect(await epochMsIn('')).toBe(200)
  expect(await epochMsIn("SET 'epoch.interval' = '50 ms';")).toBe(50)
  expect(await epochMsIn("SET 'epoch.interval' = '2 s';")).toBe(2_000)
  expect(await epochMsIn("SET 'epoch.interval' = '2 s';", 10)).toBe(10)
})

it('is longer than nothing', () => {
  for (const value of ['0 s', 'soon'])
    expect(() =>
      loadScript(`SET 'epoch.interval' = '${value}';`, {
        name: 'epochs',
        connectors: createBuiltInRegistry(),
      }),
    ).toThrow(`'epoch.interval' cannot be '${value}'`)
})

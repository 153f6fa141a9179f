// Input that falls silent: what goes wrong behind it is heard of all the same.

import { expect, it } from 'vitest'
import type { SinkFactory } from '../../../src/connector/sink.ts'
import type { SourceFactory } from '../../../src/connector/source.ts'
import { createBuiltInRegistry } from '../../../src/runner/built-in-registry.ts'
import { EmbeddedRunner } from '../../../src/runner/embedded-runner.ts'
import { loadScript } from '../../../src/runner/load-script.ts'

/** One row, then nothing for ever. */
const once: SourceFactory = {
  connector: 'once',
  options: [],
  takesFormat: false,
  create: () => {
    let isRead = false
    return {
      boundedness: 'unbounded',
      payload: 'rows',
      discover: async known => (known.size === 0 ? [{ id: '0', spec: 0 }] : []),
      open: async () => ({
        read: async () => {
          if (isRead) return 'idle'
          isRead = true
          return { kind: 'rows', rows: [[1]], positionAt: count => count }
        },
        wait: signal => new Promise(done => signal.addEventListener('abort', () => done())),
        close: async () => {},
      }),
      describe: () => 'once',
    }
  },
}

/** Takes longer to fail than the input takes to fall silent. */
const failing: SinkFactory = {
  connector: 'failing',
  options: [],
  takesFormat: false,
  accepts: () => ['append'],
  guarantee: () => 'at-least-once',
  create: () => ({
    appliedEpoch: 0,
    bufferedBytes: 0,
    open: async () => {},
    write: () => {},
    cut: () => {},
    prepare: () =>
      new Promise((_, fail) => setTimeout(() => fail(new Error('the disk is full')), 50)),
    apply: async () => {},
    finish: async () => {},
    close: async () => {},
  }),
}

it('an epoch that fails ends a job that has nothing to read', async () => {
  const connectors = createBuiltInRegistry().addSource(once).addSink(failing)
  const { program } = loadScript(
    `CREATE TABLE a (n INT) WITH ('connector' = 'once');
    CREATE TABLE b (n INT) WITH ('connector' = 'failing');
    INSERT INTO b SELECT n FROM a;`,
    { name: 'silent', connectors, settings: { epochMs: 10 } },
  )
  const run = await new EmbeddedRunner().start(program)
  await expect(run.finished).rejects.toThrow('the disk is full')
})

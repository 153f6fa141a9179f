// Brokers that make topics when they are first written to.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBroker } from '@millrace/testing'
import { expect, it } from 'vitest'
import { describeWithOwnBroker } from '../broker/use-own-broker.ts'
import { changesOf, runToEnd } from '../source/run-query.ts'

describeWithOwnBroker('a sink whose topic is missing', () => {
  it('has it made by a broker that does so', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'millrace-made-topic-'))
    const broker = await startBroker({
      folder,
      settings: { 'auto.create.topics.enable': 'true' },
      ownerPid: process.pid,
    })
    try {
      const table = `CREATE TABLE made (n INT) WITH (
        'connector' = 'kafka', 'topic' = 'made', 'properties.bootstrap.servers' = '${broker.bootstrap}', 'format' = 'json',
        'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset');`
      await expect(changesOf(`${table} SELECT n FROM made;`)).rejects.toMatchObject({
        code: 'MR_KAFKA_UNKNOWN_TOPIC',
      })
      await runToEnd(`${table} INSERT INTO made VALUES (1), (2);`)
      expect(await changesOf(`${table} SELECT n FROM made;`)).toEqual(['+I 1', '+I 2'])
    } finally {
      await broker.stop()
      await rm(folder, { recursive: true, force: true })
    }
  }, 60_000)
})

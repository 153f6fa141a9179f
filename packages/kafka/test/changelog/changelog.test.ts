// State that is kept in a changelog topic: it outlives the folder, whoever goes on.

import { rm } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { partOf } from '../../../millrace/src/runner/changelog/change-codec.ts'
import { KafkaChangelog } from '../../src/changelog/kafka-changelog.ts'
import { deleteRecordsBefore } from '../../src/changelog/changelog-topic.ts'
import type { Cluster } from '../../src/client/cluster.ts'
import { offsetOf } from '../../src/client/offsets.ts'
import { createTopic, describeWithBroker, useCluster } from '../broker/use-broker.ts'
import { committed, type Job, jobOf, PlannedCrash, PLACES, run } from '../sink/topic-job.ts'

const SUMS = 'SELECT k, SUM(n) FROM numbers GROUP BY k'
const FINAL_SUMS = ['0=180', '1=135', '2=135', '10=180', '11=135', '12=135']

const changelogOf = (job: Job): string => `${job.name}-changelog`

/** Of each key the last sum. */
function lastSums(changes: readonly string[]): string[] {
  const last = new Map<number, number>()
  for (const change of changes) {
    const { k, n } = JSON.parse(change.slice(3)) as { k: number; n: number }
    last.set(k, n)
  }
  return [...last].sort(([a], [b]) => a - b).map(([k, n]) => `${k}=${n}`)
}

/** Entries of keyed state that compaction leaves: of each key the last one, unless that says that it is gone. */
async function entriesIn(cluster: Cluster, topic: string): Promise<number> {
  const transaction = { cluster, send: () => {}, commitPart: async () => {} }
  const keys = new Set<string>()
  for await (const changes of new KafkaChangelog(transaction, topic).read())
    for (const { key, value } of changes) {
      if (partOf(key).kind !== 'entry') continue
      if (value) keys.add(String(key))
      else keys.delete(String(key))
    }
  return keys.size
}

describeWithBroker('the changelog of a program from topic to topic', () => {
  const cluster = useCluster()

  it.each(PLACES)(
    'has the state when the folder is lost with a crash at: %s',
    async place => {
      const job = await jobOf(cluster.current, SUMS)
      const reference = await jobOf(cluster.current, SUMS)
      await run(reference)
      const expected = await committed(cluster.current, reference.output)
      let crashes = 0
      for (let nth = 1; nth < 5; nth++) {
        await run(job, { place, nth }).catch(error => {
          if (!(error instanceof PlannedCrash)) throw error
          crashes++
        })
        await rm(job.stateDir, { recursive: true, force: true })
      }
      await run(job)
      const seen = await committed(cluster.current, job.output)
      expect(crashes).toBeGreaterThan(0)
      expect(seen.toSorted()).toEqual(expected.toSorted())
      expect(lastSums(seen)).toEqual(FINAL_SUMS)
      await rm(job.stateDir, { recursive: true })
    },
    60_000,
  )

  it('lets processes with folders of their own go on from each other', async () => {
    const job = await jobOf(cluster.current, SUMS)
    const folders = [job.stateDir, `${job.stateDir}-b`, `${job.stateDir}-c`]
    for (let turn = 0; turn < 6; turn++)
      await run(
        { ...job, stateDir: folders[turn % 3] as string },
        { place: 'epoch-committed', nth: 4 },
      ).catch(() => {})
    await run(job)
    expect(lastSums(await committed(cluster.current, job.output))).toEqual(FINAL_SUMS)
  })

  it('begins with the state that a folder has from before there was a changelog', async () => {
    const job = { ...(await jobOf(cluster.current, SUMS)), rate: 400 }
    const crash = { place: 'epoch-committed', nth: 3 }
    const off = { ...job, options: { 'state.changelog.enabled': 'false' } }
    await expect(run(off, crash)).rejects.toThrow(PlannedCrash)
    await expect(run(job, { ...crash, nth: 2 })).rejects.toThrow(PlannedCrash)
    await rm(job.stateDir, { recursive: true })
    await run(job)
    expect(lastSums(await committed(cluster.current, job.output))).toEqual(FINAL_SUMS)
  })

  it('forgets the windows that have fired', async () => {
    const job = {
      ...(await jobOf(
        cluster.current,
        `SELECT k, CAST(COUNT(*) AS INT) FROM TABLE(TUMBLE(TABLE numbers, DESCRIPTOR(t), INTERVAL '3' SECOND))
        GROUP BY k, window_start, window_end`,
      )),
      rate: 400,
      columns: ', t AS TO_TIMESTAMP_LTZ(n * 1000, 3), WATERMARK FOR t AS t',
    }
    await expect(run(job, { place: 'epoch-applied', nth: 2 })).rejects.toThrow(PlannedCrash)
    const topic = changelogOf(job)
    expect(await entriesIn(cluster.current, topic)).toBeGreaterThan(0)
    await run(job)
    expect(await entriesIn(cluster.current, topic)).toBe(0)
  })

  it('is not made in a topic that would lose state', async () => {
    const job = await jobOf(cluster.current, SUMS)
    await createTopic(cluster.current, 1, { 'cleanup.policy': 'delete' }, changelogOf(job))
    await expect(run(job)).rejects.toMatchObject({
      code: 'MR_KAFKA_CHANGELOG',
      message: expect.stringContaining('cleanup.policy=delete'),
    })
  })

  it('says so when records of it are gone', async () => {
    const job = await jobOf(cluster.current, SUMS)
    await run(job)
    await rm(job.stateDir, { recursive: true })
    const place = { topic: changelogOf(job), partition: 0 }
    const end = await offsetOf(cluster.current, place, 'latest', false)
    await deleteRecordsBefore(cluster.current, place.topic, end as number)
    await expect(run(job)).rejects.toMatchObject({ code: 'MR_CHANGELOG_INCOMPLETE' })
  })
})

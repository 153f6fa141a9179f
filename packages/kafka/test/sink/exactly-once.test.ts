// Topic to topic, exactly once: a run may end at any place of the protocol, and the next goes on.

import { rm } from 'node:fs/promises'
import { createConnectors, EmbeddedRunner, loadScript, nodePorts, setProgramHost } from 'millrace'
import { expect, it } from 'vitest'
import { kafkaFactories } from '../../src/index.ts'
import { describeWithBroker, useCluster } from '../broker/use-broker.ts'
import { brokers, committed, jobOf, PlannedCrash, PLACES, run, scriptOf } from './topic-job.ts'

describeWithBroker('a program from topic to topic', () => {
  const cluster = useCluster()

  const SUMS = 'SELECT k, SUM(n) FROM numbers GROUP BY k'
  // Each key gets 4 + 3 + 3 numbers of each of ten batches, in order: its sums are one row.
  const SUMS_IN_ORDER = (changes: readonly string[]) => {
    const last = new Map<number, number>()
    for (const change of changes) {
      const { k, n } = JSON.parse(change.slice(3)) as { k: number; n: number }
      if (n < (last.get(k) ?? 0)) throw new Error(`the sum of ${k} went back to ${n}`)
      last.set(k, n)
    }
    return [...last].sort(([a], [b]) => a - b).map(([k, n]) => `${k}=${n}`)
  }

  const KEPT_IN = ['folder', 'folder and changelog'] as const

  it.each(PLACES.flatMap(place => KEPT_IN.map(kept => [place, kept] as const)))(
    'gives each change once although it crashes at: %s, its state in %s',
    async (place, kept) => {
      const options = { 'state.changelog.enabled': String(kept !== 'folder') }
      const job = { ...(await jobOf(cluster.current, SUMS)), options }
      const reference = await jobOf(cluster.current, SUMS)
      await run(reference)
      const expected = await committed(cluster.current, reference.output)
      let crashes = 0
      for (let nth = 1; nth < 6; nth++)
        await run(job, { place, nth }).catch(error => {
          if (!(error instanceof PlannedCrash)) throw error
          crashes++
        })
      await run(job)
      const seen = await committed(cluster.current, job.output)
      expect(crashes).toBeGreaterThan(0)
      expect(seen.toSorted()).toEqual(expected.toSorted())
      expect(SUMS_IN_ORDER(seen)).toEqual(['0=180', '1=135', '2=135', '10=180', '11=135', '12=135'])
      await rm(job.stateDir, { recursive: true })
    },
    60_000,
  )

  it('goes on without its folder when it has no state but offsets', async () => {
    const job = await jobOf(cluster.current, 'SELECT k, n FROM numbers')
    await run(job, { place: 'epoch-decided', nth: 1 }).catch(() => {})
    await rm(job.stateDir, { recursive: true })
    await run(job)
    expect(await committed(cluster.current, job.output)).toHaveLength(200)
  })

  it('refuses to go on without its folder when it has state, and no changelog', async () => {
    const job = {
      ...(await jobOf(cluster.current, SUMS)),
      options: { 'state.changelog.enabled': 'false' },
    }
    await run(job, { place: 'epoch-decided', nth: 1 }).catch(() => {})
    await rm(job.stateDir, { recursive: true })
    await expect(run(job)).rejects.toMatchObject({ code: 'MR_STATE_SUPERSEDED' })
  })

  it('goes on without its folder where each of two tables of a topic was', async () => {
    const plain = await jobOf(
      cluster.current,
      'SELECT k, n FROM numbers UNION ALL SELECT k + 100, n FROM slow',
    )
    const job = {
      ...plain,
      tables: `CREATE TABLE slow (k INT, n INT) WITH (
        'connector' = 'kafka', 'topic' = '${plain.input}', ${brokers()}, 'format' = 'json',
        'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset',
        'source.rate-limit' = '300'
      );`,
    }
    for (const nth of [2, 5, 8]) {
      const crashed = run(job, { place: 'epoch-decided', nth })
      await expect(crashed).rejects.toThrow(PlannedCrash)
      await rm(job.stateDir, { recursive: true })
    }
    await run(job)
    const seen = await committed(cluster.current, job.output)
    expect(seen).toHaveLength(400)
    expect(seen.filter(row => /"k":1\d\d,/.test(row))).toHaveLength(200)
  })

  it.each([
    ['its own', ''],
    ['another group for its input', ", 'properties.group.id' = 'input-of-orders'"],
  ])(
    'stands back when another process has taken its place, and goes on after it: %s',
    async (_, inputOptions) => {
      const job = { ...(await jobOf(cluster.current, 'SELECT k, n FROM numbers')), inputOptions }
      const other = { ...job, stateDir: `${job.stateDir}-other` }
      let taken: Promise<unknown> | undefined
      const connectors = createConnectors()
      for (const source of kafkaFactories.sources) connectors.addSource(source)
      for (const sink of kafkaFactories.sinks) connectors.addSink(sink)
      const slow = scriptOf(job).replace(
        "'format' = 'json',",
        "'format' = 'json', 'source.rate-limit' = '200',",
      )
      const { program } = loadScript(slow, {
        name: job.name,
        connectors,
        settings: { stateDir: job.stateDir, epochMs: 0 },
      })
      const gate = Promise.withResolvers<void>()
      const ports = nodePorts()
      let epochs = 0
      const failpoint = (place: string): void => {
        if (place === 'epoch-applied') epochs++
      }
      const clock = {
        ...ports.clock,
        // The first process stops for a while as it waits for I/O, and the other runs meanwhile.
        sleep: async (ms: number, signal?: AbortSignal) => {
          if (epochs === 0) return ports.clock.sleep(ms, signal)
          taken ??= run(other).finally(() => gate.resolve())
          await gate.promise
          return ports.clock.sleep(ms, signal)
        },
      }
      const notices: string[] = []
      setProgramHost({ notice: text => notices.push(text) })
      const first = new EmbeddedRunner({ ports: { ...ports, clock, failpoint }, batchRecords: 1 })
      const running = await first.start(program)
      expect(await running.finished).toMatchObject({ outcome: 'finished' })
      await taken
      setProgramHost(undefined)
      expect(notices.join(' ')).toContain('begins again')
      expect(await committed(cluster.current, job.output)).toHaveLength(200)
    },
  )
})

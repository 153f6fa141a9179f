// What orchestrators ask, at a real server.

import { afterEach, beforeEach, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../src/index.ts'
import { SampleJob } from './sample-job.ts'

let job: SampleJob
let server: RunningServer
beforeEach(async () => {
  job = new SampleJob()
  server = await startServer(job, { port: 0, tokens: { read: 'read-0123456789abcdef' } })
})
afterEach(() => server.close())

const ask = async (path: string) => {
  const answer = await fetch(`${server.url}${path}`)
  return [answer.status, await answer.json()]
}

it.each([
  ['starting', 200, 503],
  ['running', 200, 200],
  ['stopping', 200, 503],
  ['finished', 200, 200],
  ['failed', 503, 503],
] as const)('a job that is %s', async (state, health, readiness) => {
  job.state = state
  expect(await ask('/healthz')).toEqual([health, { state }])
  expect(await ask('/readyz')).toEqual([
    readiness,
    { isReady: readiness === 200, state, troubles: 0 },
  ])
})

it('a job that is held up is not ready, and says no more without a token', async () => {
  job.troubles = ['The topic secret-plans stands still.']
  expect(await ask('/healthz')).toEqual([200, { state: 'running' }])
  expect(await ask('/readyz')).toEqual([503, { isReady: false, state: 'running', troubles: 1 }])
})

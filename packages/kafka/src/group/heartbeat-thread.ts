// The thread of heartbeats: beats for the member that it is told, until the main thread has given no sign for too long.

import { parentPort, workerData } from 'node:worker_threads'
import { heartbeatV4, type SASLOptions } from '@platformatic/kafka'
import { nodePorts } from 'millrace'
import { Cluster } from '../client/cluster.ts'
import { errorOf } from '../protocol/error-codes.ts'
import type { GroupGeneration } from '../protocol/transactions.ts'
import {
  ALIVE,
  BEATS,
  type FromHeartbeats,
  type HeartbeatsData,
  type ToHeartbeats,
} from './heartbeat-messages.ts'

const { settings, group, counters, tls, checksName, sasl, asked } = workerData as HeartbeatsData
const { clock, random } = nodePorts()

let member: GroupGeneration | undefined
let lastId = 0
const waiting = new Map<number, PromiseWithResolvers<unknown>>()

parentPort?.on('message', (message: ToHeartbeats) => {
  if (message.kind === 'member') {
    member = message.member
    return
  }
  const { id, value, problem } = message
  if (problem === undefined) waiting.get(id)?.resolve(value)
  else waiting.get(id)?.reject(new Error(problem))
  waiting.delete(id)
})

function ask(name: string): Promise<unknown> {
  const answer = Promise.withResolvers<unknown>()
  const question: FromHeartbeats = { name, id: ++lastId }
  waiting.set(lastId, answer)
  parentPort?.postMessage(question)
  return answer.promise
}

const credentials = Object.fromEntries(asked.map(name => [name, () => ask(name)]))
const cluster = new Cluster(
  {
    ...settings,
    ...(tls && { tls: checksName ? tls : { ...tls, checkServerIdentity: () => undefined } }),
    ...(sasl && { sasl: { ...sasl, ...credentials } as unknown as SASLOptions }),
  },
  { clock, random },
)

async function beat({ groupId, generation, memberId, instanceId }: GroupGeneration): Promise<void> {
  const coordinator = await cluster.coordinator('group', groupId, 'membership')
  const answer = await cluster.send(
    coordinator,
    heartbeatV4.api,
    groupId,
    generation,
    memberId,
    instanceId,
  )
  // What the main thread has to do about others, it hears itself.
  if (errorOf(answer.errorCode).name === 'NOT_COORDINATOR')
    cluster.forgetCoordinator('group', groupId)
  else Atomics.add(counters, BEATS, 1)
}

let signs = Atomics.load(counters, ALIVE)
let signAt = clock.monotonic()
for (;;) {
  await clock.sleep(group.heartbeatMs)
  const now = clock.monotonic()
  if (Atomics.load(counters, ALIVE) !== signs) {
    signs = Atomics.load(counters, ALIVE)
    signAt = now
  }
  if (!member || now - signAt > group.maxBusyMs) continue
  await beat(member).catch(() => cluster.forgetCoordinator('group', group.groupId))
}

// Processes of a program, as far as its group goes: each with connections of its own.

import { nodePorts } from 'millrace'
import { Cluster } from '../../src/client/cluster.ts'
import { REQUEST_TIMEOUT_MS } from '../../src/client/cluster-settings.ts'
import { Membership } from '../../src/group/membership.ts'
import type { GroupSettings } from '../../src/options/group-options.ts'

export interface TestProcess {
  readonly membership: Membership
  /** Resolves once it is the active one. */
  readonly active: Promise<void>
  /** Whether it was told that another one is. */
  readonly standsBy: () => boolean
}

export interface TestProcessSettings extends Partial<GroupSettings> {
  readonly address: string
  readonly topic: string
  readonly clientId?: string
  readonly program?: string
}

/** Whoever is not active by the end of a test must not wait for it any more. */
export class TestProcesses {
  readonly #all: { membership: Membership; ending: AbortController }[] = []

  start({ address, topic, clientId = 'test', program = topic, ...group }: TestProcessSettings) {
    const cluster = new Cluster(
      {
        brokers: [address],
        clientId,
        requestTimeoutMs: REQUEST_TIMEOUT_MS,
        connectTimeoutMs: REQUEST_TIMEOUT_MS,
      },
      nodePorts(),
    )
    const membership = new Membership(cluster, {
      program,
      partitions: [{ topic, partition: 0 }],
      group: {
        groupId: topic,
        instanceId: null,
        sessionTimeoutMs: 1_500,
        heartbeatMs: 200,
        maxBusyMs: 60_000,
        ...group,
      },
    })
    const ending = new AbortController()
    let standsBy = false
    const active = membership.becomeActive(ending.signal, () => {
      standsBy = true
    })
    active.catch(() => {})
    this.#all.push({ membership, ending })
    return { membership, active, standsBy: () => standsBy } satisfies TestProcess
  }

  async end(): Promise<void> {
    const all = this.#all.splice(0)
    for (const { ending } of all) ending.abort()
    await Promise.all(all.map(({ membership }) => membership.leave()))
  }
}

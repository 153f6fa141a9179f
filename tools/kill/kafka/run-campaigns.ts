// Campaigns against all workloads, beside one another.

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Random } from '../kill-plan.ts'
import { randomOf } from '../programs/flight-events.ts'
import { Campaign } from './campaign.ts'
import { CampaignLog, type Step, STEPS } from './campaign-log.ts'
import { Site } from './site.ts'
import { type Workload, WORKLOADS } from './workloads.ts'

export interface CampaignsOptions {
  /** How many of each, over all workloads. */
  readonly steps: Readonly<Record<Step, number>>
  readonly seed: number
  /** The name of the only workload. */
  readonly only: string | undefined
}

/** Gives the exit code. */
export async function runCampaigns({ steps, seed, only }: CampaignsOptions): Promise<number> {
  const log = new CampaignLog(line => console.log(line))
  const workloads = WORKLOADS.filter(w => only === undefined || w.name === only)
  const random = randomOf(seed)
  const shares: Step[][] = workloads.map(() => [])
  let turn = 0
  for (const step of STEPS)
    for (let i = 0; i < steps[step]; i++) shares[turn++ % shares.length]?.push(step)
  await Promise.all(
    workloads.map((workload, i) =>
      run(workload, shuffled(shares[i] as Step[], random), randomOf(seed + i + 1), log),
    ),
  )
  return log.conclude(steps)
}

async function run(
  workload: Workload,
  steps: readonly Step[],
  random: Random,
  log: CampaignLog,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), `millrace-kill-kafka-${workload.name}-`))
  const site = await Site.open(folder, workload, random)
  const campaign = new Campaign({ site, steps, random, log })
  let isRight = false
  try {
    await campaign.run()
    const { rows, problems } = await site.compare()
    isRight = problems.length === 0
    if (isRight) log.equal(`${workload.name}: ${rows} rows, each once, after ${steps.length} steps`)
    else log.fail([`${workload.name}, kept in ${folder}`, ...problems, ...campaign.history])
  } catch (error) {
    log.fail([
      `${workload.name}, kept in ${folder}`,
      String((error as Error).stack ?? error),
      ...campaign.history,
    ])
  }
  await site.close()
  if (isRight) site.remove()
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const left = [...items]
  const drawn: T[] = []
  while (left.length > 0) drawn.push(...left.splice(Math.floor(random() * left.length), 1))
  return drawn
}

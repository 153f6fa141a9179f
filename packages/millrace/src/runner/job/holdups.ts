// What within a job holds reading back, in words.

import type { Epochs } from '../../runtime/epochs.ts'
import type { Holdup } from '../../runtime/task-loop.ts'
import type { JobSinks } from '../sinks/job-sinks.ts'

export interface HoldupText {
  readonly fact: string
  /** It is told to: a rate limit, a replay at the pace of time. */
  readonly isMeant: boolean
}

const MIB = 1 << 20

export function holdupText(
  holdup: Holdup | undefined,
  sinks: JobSinks,
  epochs: Epochs,
): HoldupText | undefined {
  if (!holdup) return undefined
  return { fact: factOf(holdup, sinks, epochs), isMeant: holdup.kind === 'pace' }
}

function factOf(holdup: Holdup, sinks: JobSinks, epochs: Epochs): string {
  const { busyMs, epoch } = epochs
  const onItsWay =
    busyMs === undefined
      ? ''
      : `epoch ${epoch} has been on its way for ${(busyMs / 1000).toFixed(1)} s`
  switch (holdup.kind) {
    case 'sinks': {
      const { name, bytes } = sinks.fullest
      const held = `sink ${name} holds ${(bytes / MIB).toFixed(1)} MiB that it has not passed on`
      return [held, onItsWay].filter(t => t !== '').join(', and ')
    }
    case 'epoch':
      return onItsWay || 'an epoch is being cut'
    case 'rows':
      return 'rows wait for the answers of asynchronous calls, or for worker threads'
    case 'alignment':
      return `watermark alignment holds it back: ${holdup.behind} is behind the others of its group`
    case 'pace':
      return 'it is read at the pace that its options say'
  }
}

// What happens to messages between a program and its brokers.

import type { Fault, FaultRule, KafkaApi } from '@millrace/testing'
import type { Random } from '../kill-plan.ts'

/** Those of a transaction the more often. */
const APIS: readonly KafkaApi[] = [
  'EndTxn',
  'EndTxn',
  'TxnOffsetCommit',
  'TxnOffsetCommit',
  'Produce',
  'Produce',
  'Fetch',
  'Heartbeat',
]

const FAULTS: readonly Fault['kind'][] = [
  'lose-request',
  'lose-reply',
  'lose-reply',
  'reset',
  'reset-reply',
  'half-open',
  'black-hole',
  'delay-request',
  'delay-reply',
]
/** Longer than a request may take, at most. */
const LONGEST_DELAY_MS = 3_000

export function drawFault(random: Random): FaultRule {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const kind = pick(FAULTS)
  const fault: Fault =
    kind === 'delay-request' || kind === 'delay-reply'
      ? { kind, ms: 100 + random() * LONGEST_DELAY_MS }
      : { kind }
  return { api: pick(APIS), fault, after: Math.floor(random() * 4) }
}

export const describeFault = ({ api, fault, after = 0 }: FaultRule): string =>
  `${api}, the ${after + 1}th: ${fault.kind}${'ms' in fault ? ` ${Math.round(fault.ms)} ms` : ''}`

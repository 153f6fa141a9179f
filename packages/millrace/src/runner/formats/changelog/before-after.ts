// Records that hold a row before and after the change, as those of Debezium and GoldenGate.

import type { RowKindCode } from '../../../types/value.ts'
import { DELETE, INSERT, UPDATE_AFTER, UPDATE_BEFORE } from '../../../types/value.ts'
import { type Envelope, isAbsent, lacksImage, unknownKind } from './envelope.ts'

const BEFORE = 0
const AFTER = 1
const OPERATION = 2

type Operation = 'insertion' | 'update' | 'deletion'

/** Which images an operation gives out, in order. */
const IMAGES: Readonly<Record<Operation, readonly (readonly [RowKindCode, 'before' | 'after'])[]>> =
  {
    insertion: [[INSERT, 'after']],
    update: [
      [UPDATE_BEFORE, 'before'],
      [UPDATE_AFTER, 'after'],
    ],
    deletion: [[DELETE, 'before']],
  }

/**
 * @param member the member that names the operation
 * @param operations what its values mean
 */
export function beforeAfterEnvelope(
  member: string,
  operations: Readonly<Record<string, Operation>>,
  within?: string,
): Envelope {
  const known = new Map(Object.entries(operations))
  return {
    members: ['before', 'after', member],
    ...(within !== undefined && { within }),
    read(members, take) {
      const found = members.text(OPERATION)
      const operation = found === undefined ? undefined : known.get(found)
      if (operation === undefined) return unknownKind(member, found)
      const images = IMAGES[operation].map(
        ([kind, name]) => [kind, name, members.span(name === 'before' ? BEFORE : AFTER)] as const,
      )
      const absent = images.find(([, , span]) => isAbsent(span))
      if (absent) return lacksImage(absent[1], operation)
      for (const [kind, , span] of images) take(kind, span)
      return undefined
    },
  }
}

// Dead letters as an operator: what its state holds, of those that stay and those that go elsewhere.

import { expect, it } from 'vitest'
import type { DeadLetter } from '../../src/connector/dead-letter.ts'
import { DeadLetters } from '../../src/runtime/dead-letters.ts'
import { decodeFullKey, DeltaReader, DeltaWriter } from '../../src/state/delta-format.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

const LETTER: Omit<DeadLetter, 'sequence'> = {
  atMs: 1_700_000_000_000,
  epoch: 7,
  operator: 'source-1',
  operatorName: 'orders',
  split: 'orders-0',
  position: 'record 41',
  code: 'MR_DATA_MALFORMED',
  reason: 'no JSON',
  stack: '',
  bytes: bytes('{'),
  row: '',
  origin: {
    topic: 'orders',
    partition: 0,
    offset: 41,
    timestamp: 5,
    key: null,
    value: bytes('{'),
    headers: [
      ['a', bytes('1')],
      ['a', null],
    ],
  },
}

/** Another one, with the state that the first has left. */
function restarted(letters: DeadLetters, takenElsewhere?: (letter: DeadLetter) => boolean) {
  const writer = new DeltaWriter(256)
  letters.collect(writer)
  const again = new DeadLetters(takenElsewhere)
  const reader = new DeltaReader(writer.take())
  while (reader.next())
    again.restore({
      ...decodeFullKey(reader.bytes, reader.keyStart, reader.keyEnd),
      value: reader.bytes.subarray(reader.valueStart, reader.valueEnd),
    })
  again.restored()
  return again
}

it('keeps letters whole', () => {
  const letters = new DeadLetters()
  const tombstone = {
    ...LETTER,
    bytes: new Uint8Array(),
    origin: LETTER.origin && { ...LETTER.origin, value: null },
  }
  letters.add(LETTER)
  letters.add(tombstone)
  letters.add({ ...LETTER, origin: undefined, row: '[1]', stack: 'at f' })
  const { recent, count } = restarted(letters)
  expect(count).toBe(3)
  expect(recent).toEqual([
    { sequence: 1, ...LETTER },
    { sequence: 2, ...tombstone },
    { sequence: 3, ...LETTER, origin: undefined, row: '[1]', stack: 'at f' },
  ])
})

it('counts on over restarts when letters go elsewhere', () => {
  const letters = new DeadLetters(() => true)
  letters.add(LETTER)
  letters.add(LETTER)
  const taken: number[] = []
  const again = restarted(letters, letter => taken.push(letter.sequence) > 0)
  expect([again.count, again.recent.length]).toEqual([2, 0])
  again.add(LETTER)
  expect(taken).toEqual([3])
})

// What is written beside committed offsets reads back.

import { expect, it } from 'vitest'
import { asMarker, noteIn, withToken } from '../../src/transactions/token.ts'

const positions = new Map([
  ['orders-1b2c', 300],
  ['late {orders} "x"-77aa', 280],
])

it.each(['payments', 'a b', '{"of"}', 'quo"te\\', 'zeile\n2', ''])(
  'of a program named %j',
  program => {
    const mark = { token: '12-3fa9@0a1b2c3d', program }
    expect(noteIn(withToken(mark))).toEqual({ ...mark, isMarker: false, positions: undefined })
    expect(noteIn(withToken(mark, positions))).toEqual({
      ...mark,
      isMarker: false,
      positions: Object.fromEntries(positions),
    })
    expect(noteIn(asMarker(mark))).toEqual({ ...mark, isMarker: true, positions: undefined })
  },
)

it('before programs named themselves', () => {
  const old = { token: '12-3fa9', program: undefined, isMarker: false }
  expect(noteIn('millrace epoch 12-3fa9')).toEqual({ ...old, positions: undefined })
  expect(noteIn('millrace epoch 12-3fa9 {"orders":3}')).toEqual({
    ...old,
    positions: { orders: 3 },
  })
})

it.each(['', 'checkpoint 7', 'millrace', 'millrace epoch ', 'millrace epoch 1-a of payments'])(
  'not of others: %j',
  text => {
    expect(noteIn(text)).toBeUndefined()
  },
)

// Boards are held against what the program writes.

import { describe, expect, it } from 'vitest'
import { type Board, live, memory, Millrace, t } from '../../src/index.ts'

function shop(tile: Partial<Board['tiles'][number]>): Millrace {
  const app = new Millrace('shop')
  app
    .table('orders', { source: memory([{ city: 'Bonn' }]), schema: { city: t.string() } })
    .into(live('cities'))
  const whole = {
    kind: 'figures',
    title: 'Cities',
    table: 'cities',
    label: 'city',
    value: { column: 'city' },
    ...tile,
  } as Board['tiles'][number]
  return app.board({ title: 'Shop', tiles: [whole] })
}

describe('a board', () => {
  it('goes with the program', async () => {
    const app = shop({})
    expect(app.program().board?.tiles).toHaveLength(1)
    await app.run()
  })

  it('names a table that the program does not write, and what was meant', async () => {
    await expect(shop({ table: 'citie' }).run()).rejects.toThrow(
      'The board\'s tile "Cities" reads the table "citie", which is not there. Did you mean "cities"?',
    )
  })

  it('names a column that its table does not have, wherever the tile uses it', async () => {
    const tiles: Partial<Board['tiles'][number]>[] = [
      { latest: 'town' },
      { label: 'town' } as never,
      { tone: { column: 'town', warn: 1, bad: 2 } } as never,
      { details: [{ column: 'town' }] } as never,
      { kind: 'feed', time: 'town', labels: ['city'] } as never,
      { kind: 'lines', time: 'city', series: 'town' } as never,
      { kind: 'ranking', labels: ['city', 'town'] } as never,
      {
        kind: 'routes',
        from: { latitude: 'city', longitude: 'city', label: 'city' },
        to: { latitude: 'city', longitude: 'town', label: 'city' },
        weight: { column: 'city' },
      } as never,
    ]
    for (const tile of tiles)
      await expect(shop(tile).run()).rejects.toThrow('reads the column "town", which is not there')
  })

  it('does not stand in the way of actions, which write other tables', async () => {
    const app = shop({})
    expect(await app.sql`SELECT city FROM orders`.collect()).toEqual([{ city: 'Bonn' }])
  })
})

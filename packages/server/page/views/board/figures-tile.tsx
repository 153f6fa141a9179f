// A card for each row: three airports, and how late they are.

import type { FiguresTile as Spec } from '@millrace/server'
import { useTileRows } from './tile-rows.ts'
import { numberText, titleOf, toneOf } from './tile-text.ts'
import { Tile } from './tile.tsx'

const LIMIT = 24

export function FiguresTile({ tile }: { tile: Spec }) {
  const { rows, error } = useTileRows(tile, LIMIT)
  const ordered = rows?.toSorted((a, b) => a.text(tile.label).localeCompare(b.text(tile.label)))
  return (
    <Tile tile={tile} isEmpty={rows?.length === 0} error={error}>
      <ul class="cards">
        {ordered?.map(row => (
          <li key={row.text(tile.label)} class={`card tone-${toneOf(row, tile.tone)}`}>
            <h3>{row.text(tile.label)}</h3>
            <p class="card-value">
              <span class="visually-hidden">{titleOf(tile.value)}: </span>
              {numberText(row, tile.value)}
            </p>
            <dl>
              {tile.details?.map(detail => (
                <div key={detail.column}>
                  <dt>{titleOf(detail)}</dt>
                  <dd>{numberText(row, detail)}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </Tile>
  )
}

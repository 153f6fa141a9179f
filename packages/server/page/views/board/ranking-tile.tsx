// Rows in order of a number, which is drawn as a bar too.

import type { RankingTile as Spec } from '@millrace/server'
import { useTileRows } from './tile-rows.ts'
import { numberText, titleOf, toneOf } from './tile-text.ts'
import { Tile } from './tile.tsx'

const READ = 200
const SHOWN = 10
const ROW_PX = 41

export function RankingTile({ tile }: { tile: Spec }) {
  const { rows, error } = useTileRows(tile, READ)
  const { column } = tile.value
  const ordered = rows
    ?.toSorted((a, b) => b.number(column) - a.number(column))
    .slice(0, tile.limit ?? SHOWN)
  const most = Math.max(1e-9, ordered?.[0]?.number(column) ?? 0)
  return (
    <Tile tile={tile} isEmpty={rows?.length === 0} error={error}>
      <ol class="ranking" style={{ minHeight: `${ROW_PX * (tile.limit ?? SHOWN)}px` }}>
        {ordered?.map(row => {
          const labels = tile.labels.map(l => row.text(l))
          const share = Math.max(0, Math.min(1, row.number(column) / most))
          return (
            <li key={labels.join(' ')} class={`tone-${toneOf(row, tile.tone)}`}>
              <span class="ranking-label">{labels.join(' → ')}</span>
              <span class="ranking-details">
                {tile.details?.map(d => `${numberText(row, d)} ${titleOf(d)}`).join(' · ')}
              </span>
              <b>{numberText(row, tile.value)}</b>
              <svg class="bar" viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true">
                <rect class="bar-track" width="100" height="3" />
                <rect class="bar-value" width={Math.round(share * 100)} height="3" />
              </svg>
            </li>
          )
        })}
      </ol>
    </Tile>
  )
}

// Rows as they come, the newest first.

import type { FeedTile as Spec } from '@millrace/server'
import { useTileRows } from './tile-rows.ts'
import { numberText, titleOf } from './tile-text.ts'
import { Tile } from './tile.tsx'

const SHOWN = 20

export function FeedTile({ tile }: { tile: Spec }) {
  const { rows, error } = useTileRows(tile, tile.limit ?? SHOWN)
  const { trouble } = tile
  return (
    <Tile tile={tile} isEmpty={rows?.length === 0} error={error}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard */}
      <section class="feed-scroll" tabIndex={0} aria-label={`Entries of ${tile.title}`}>
        <ol class="feed">
          {rows?.map(row => {
            const isTrouble = trouble && row.text(trouble.column) === trouble.value
            const tone = trouble === undefined ? '' : isTrouble ? 'tone-bad' : 'tone-good'
            const labels = tile.labels.map(l => row.text(l))
            return (
              <li key={`${row.text(tile.time)} ${labels.join(' ')}`} class={tone}>
                <time>{row.text(tile.time).slice(0, 16)}</time>
                <span class="feed-label">{labels.join(' · ')}</span>
                <span class="feed-details">
                  {tile.details?.map(d => `${titleOf(d)} ${numberText(row, d)}`).join(', ')}
                </span>
              </li>
            )
          })}
        </ol>
      </section>
    </Tile>
  )
}

// The frame of a tile.

import type { ComponentChildren } from 'preact'
import type { BoardTile } from '@millrace/server'

interface TileProps {
  readonly tile: BoardTile
  readonly isEmpty: boolean
  readonly error: string | undefined
  readonly children: ComponentChildren
}

export function Tile({ tile, isEmpty, error, children }: TileProps) {
  return (
    <section class={`panel tile tile-${tile.kind}`} aria-label={tile.title}>
      <h2>{tile.title}</h2>
      {children}
      {error || isEmpty ? <p class="note">{error ?? 'Nothing yet.'}</p> : null}
    </section>
  )
}

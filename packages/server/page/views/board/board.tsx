// The board that a program brings: its tiles over live tables, and the time that they tell of.

import type { BoardTile } from '@millrace/server'
import { eventTime } from '../../parts/number-format.ts'
import type { ViewProps } from '../index.ts'
import { FeedTile } from './feed-tile.tsx'
import { FiguresTile } from './figures-tile.tsx'
import { LinesTile } from './lines-tile.tsx'
import { RankingTile } from './ranking-tile.tsx'
import { RoutesTile } from './routes-tile.tsx'
import './board.css'

export function BoardView({ job: { board, status } }: ViewProps) {
  if (!board) return <p class="panel empty">This program brings no board.</p>
  return (
    <div class="board">
      <header class="board-head">
        <h2>{board.title}</h2>
        <p>
          <span class="visually-hidden">Event time: </span>
          {eventTime(status?.eventTimeMs)}
        </p>
      </header>
      {board.tiles.map(tile => (
        <TileOf key={tile.title} tile={tile} />
      ))}
    </div>
  )
}

function TileOf({ tile }: { tile: BoardTile }) {
  switch (tile.kind) {
    case 'figures':
      return <FiguresTile tile={tile} />
    case 'ranking':
      return <RankingTile tile={tile} />
    case 'feed':
      return <FeedTile tile={tile} />
    case 'lines':
      return <LinesTile tile={tile} />
    case 'routes':
      return <RoutesTile tile={tile} />
  }
}

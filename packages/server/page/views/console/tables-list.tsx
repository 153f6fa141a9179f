// The tables that a query can name, with their columns; a click puts a name into the text.

import type { AdHocTable } from '../../api/console.ts'

const KINDS: Readonly<Record<AdHocTable['kind'], string>> = {
  live: 'live',
  source: 'source',
  view: 'view',
  unreadable: 'cannot be read',
}

interface TablesListProps {
  readonly tables: readonly AdHocTable[] | undefined
  readonly onInsert: (text: string) => void
}

export function TablesList({ tables, onInsert }: TablesListProps) {
  if (!tables) return <p class="note">Reading …</p>
  if (tables.length === 0) return <p class="note">The program names no table.</p>
  return (
    <ul class="console-tables">
      {tables.map(({ name, text, kind, connector, columns }) => (
        <li key={name}>
          <details>
            <summary>
              <span class="table-name">{name}</span>{' '}
              <small>
                {connector === undefined ? KINDS[kind] : `${KINDS[kind]} · ${connector}`}
              </small>
            </summary>
            <button
              type="button"
              class="insert"
              disabled={kind === 'unreadable'}
              title={`Insert ${name}`}
              onClick={() => onInsert(text)}
            >
              Insert name
            </button>
            <ul>
              {columns.map(column => (
                <li key={column.name}>
                  <button
                    type="button"
                    class="insert"
                    title={`Insert ${column.name}`}
                    onClick={() => onInsert(column.text)}
                  >
                    <span class="column-name">{column.name}</span> <small>{column.type}</small>
                  </button>
                </li>
              ))}
            </ul>
          </details>
        </li>
      ))}
    </ul>
  )
}

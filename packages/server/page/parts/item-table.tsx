// A table of items, told by its columns.

/** A column: its head, and what it shows of an item. */
export interface Column<T> {
  readonly head: string
  readonly cell: (item: T) => string
  readonly kind?: 'number' | 'code'
}

/** `items` is undefined until they are known. */
export function ItemTable<T extends { readonly id: string | number }>({
  columns,
  items,
}: {
  columns: readonly Column<T>[]
  items: readonly T[] | undefined
}) {
  return (
    <table>
      <thead>
        <tr>
          {columns.map(({ head, kind }) => (
            <th key={head} scope="col" class={kind === 'number' ? 'is-number' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items?.map(item => (
          <tr key={item.id}>
            {columns.map(({ head, cell, kind }) => (
              <td key={head} class={kind && `is-${kind}`}>
                {cell(item)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A column of figures. */
export const figures = <T,>(head: string, cell: (item: T) => string): Column<T> => ({
  head,
  cell,
  kind: 'number',
})

// A part of a view with a heading, and a landmark of that name.

import type { ComponentChildren } from 'preact'

export function Panel({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="panel" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

// The editor in its place; its code is loaded with it.

import { useEffect, useRef, useState } from 'preact/hooks'
import type { SqlEditor } from './editor.ts'

interface SqlEditorProps {
  readonly text: string
  readonly onRun: () => void
  readonly onReady: (editor: SqlEditor) => void
}

export function SqlEditorPlace({ text, onRun, onReady }: SqlEditorProps) {
  const place = useRef<HTMLDivElement>(null)
  const [failure, setFailure] = useState<string>()
  const run = useRef(onRun)
  run.current = onRun
  useEffect(() => {
    let editor: SqlEditor | undefined
    let isGone = false
    import('./editor.ts').then(
      ({ createEditor }) => {
        if (isGone) return
        editor = createEditor(place.current as HTMLDivElement, text, () => run.current())
        onReady(editor)
      },
      (error: unknown) => setFailure(String(error)),
    )
    return () => {
      isGone = true
      editor?.destroy()
    }
  }, [])
  return (
    <>
      <div ref={place} class="sql-editor" />
      {failure ? <p role="alert">The editor could not be loaded ({failure}).</p> : null}
    </>
  )
}

// The editor: CodeMirror with SQL, completion and errors from the program. It lives in a shadow root, where its styles are adopted
// sheets: the page's content security policy needs no exception for them.

import { autocompletion, type CompletionContext, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { SQLDialect, sql, StandardSQL } from '@codemirror/lang-sql'
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, lintGutter, lintKeymap, linter, setDiagnostics } from '@codemirror/lint'
import { EditorState, Prec } from '@codemirror/state'
import { drawSelection, EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { type Completion, completionsAt, problemsOf, type QueryProblem } from '../../api/console.ts'

export interface SqlEditor {
  text(): string
  setText(text: string): void
  /** Puts a text where the cursor is. */
  insert(text: string): void
  /** Marks an error that running the text has shown. */
  mark(problem: QueryProblem): void
  focus(): void
  destroy(): void
}

const LINT_DELAY_MS = 350

export function createEditor(parent: HTMLElement, text: string, onRun: () => void): SqlEditor {
  const root = parent.shadowRoot ?? parent.attachShadow({ mode: 'open' })
  const run = () => {
    onRun()
    return true
  }
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        bracketMatching(),
        sql({ dialect: FLINK }),
        syntaxHighlighting(COLOURS),
        autocompletion({ override: [complete], icons: false }),
        linter(async ({ state }) => (await problemsOf(state.doc.toString())).map(markOf(state)), {
          delay: LINT_DELAY_MS,
        }),
        lintGutter(),
        placeholder('SELECT … FROM …'),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': 'SQL' }),
        Prec.highest(keymap.of([{ key: 'Mod-Enter', run }])),
        // Tab leaves the editor: who uses the keyboard alone must get out.
        keymap.of([...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
        THEME,
      ],
    }),
  })
  return {
    text: () => view.state.doc.toString(),
    setText: insert => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert } }),
    insert(insert) {
      view.dispatch(view.state.replaceSelection(insert))
      view.focus()
    },
    mark(problem) {
      view.dispatch(setDiagnostics(view.state, [markOf(view.state)(problem)]))
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  }
}

async function complete({ state, pos, explicit }: CompletionContext) {
  const before = state.sliceDoc(Math.max(0, pos - 1), pos)
  if (!explicit && !/[\w.`]/.test(before)) return null
  const items = await completionsAt(state.doc.toString(), pos)
  const [first] = items
  if (!first) return null
  return {
    from: first.start,
    filter: false,
    options: items.slice(0, 100).map(({ text, kind, detail }) => ({
      label: text,
      type: TYPES[kind],
      detail: detail.length > 60 ? `${detail.slice(0, 60)}…` : detail,
    })),
  }
}

const TYPES: Readonly<Record<Completion['kind'], string>> = {
  statement: 'keyword',
  keyword: 'keyword',
  type: 'type',
  function: 'function',
  table: 'class',
  view: 'class',
  column: 'property',
}

const markOf =
  ({ doc }: EditorState) =>
  ({ start = 0, end = start, message, proposal }: QueryProblem): Diagnostic => {
    const from = Math.min(start, doc.length)
    const to = Math.min(Math.max(end, from), doc.length)
    return {
      from,
      to,
      severity: 'error',
      message: proposal ? `${message}\n${proposal}` : message,
    }
  }

/** Names stand in backquotes; a double quote is no name's. */
const FLINK = SQLDialect.define({ ...StandardSQL.spec, identifierQuotes: '`' })

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--state)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--accent)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--source)' },
  { tag: tags.typeName, color: 'var(--sink)' },
  { tag: tags.comment, color: 'var(--muted)', fontStyle: 'italic' },
])

const THEME = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--panel)', fontSize: '13px' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-1px' },
  '.cm-scroller': { fontFamily: 'ui-monospace, "Liberation Mono", monospace', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': {
    backgroundColor: 'var(--ground)',
    color: 'var(--muted)',
    borderRight: '1px solid var(--line)',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { backgroundColor: 'var(--accent-soft)' },
  '.cm-matchingBracket': { backgroundColor: 'var(--accent-soft)' },
  '.cm-placeholder': { color: 'var(--muted)' },
  '.cm-tooltip': {
    color: 'var(--text)',
    backgroundColor: 'var(--panel)',
    border: '1px solid var(--line)',
    borderRadius: '4px',
    boxShadow: '0 4px 14px #0003',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    color: 'var(--text)',
    backgroundColor: 'var(--accent-soft)',
  },
  '.cm-completionDetail': { color: 'var(--muted)', fontStyle: 'normal' },
  '.cm-diagnostic': { whiteSpace: 'pre-wrap' },
})

// What a JSON text and a path give together: a value, nothing, or an error; shared by JSON_EXISTS, JSON_VALUE, JSON_QUERY.

import { EvaluationError } from '../evaluation-error.ts'
import { JsonPathError, jsonPathOf, readPath } from './json-path.ts'
import { type JsonNode, JsonSyntaxError, parseJson } from './json-value.ts'

export interface JsonOutcome {
  readonly mode: 'strict' | 'lax'
  /** `undefined`: the lax path found nothing, or the text is no JSON. */
  readonly value: JsonNode | undefined
  /** Why there is no value: a strict path that leads nowhere, a malformed text or path. */
  readonly error: string | undefined
}

export function evaluatePath(text: string, pathText: string): JsonOutcome {
  let mode: JsonOutcome['mode'] = 'strict'
  try {
    const path = jsonPathOf(pathText)
    mode = path.mode
    const root = parseJson(text)
    // As in Flink, a text that is the JSON null is an error of either mode.
    if (root === null) return { mode, value: undefined, error: 'the JSON text is null' }
    return { mode, value: readPath(path, root), error: undefined }
  } catch (error) {
    if (!(error instanceof JsonPathError) && !(error instanceof JsonSyntaxError)) throw error
    return mode === 'lax'
      ? { mode, value: undefined, error: undefined }
      : { mode, value: undefined, error: error.message }
  }
}

export function raise(name: string, reason: string): never {
  throw new EvaluationError(
    `${name}: ${reason}`,
    `Say what to give instead: ${name}(… NULL ON ERROR).`,
  )
}

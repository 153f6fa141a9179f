// Checks values against a JSON Schema. Formats of strings are not checked; patterns are those of the schema's author.

import { Ajv } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv2020 } from 'ajv/dist/2020.js'

/** A text that is no JSON Schema. */
export class JsonSchemaProblem extends Error {
  override readonly name = 'JsonSchemaProblem'
}

/** Why a value does not fit; undefined when it does. */
export type JsonValidator = (value: unknown) => string | undefined

const SETTINGS = { strict: false, validateFormats: false, logger: false } as const

/** @param dependencies what it refers to, by name. @throws {JsonSchemaProblem} */
export function createJsonValidator(
  text: string,
  dependencies: readonly { readonly name: string; readonly text: string }[],
): JsonValidator {
  try {
    const schema = JSON.parse(text) as { readonly $schema?: unknown }
    const draft = String(schema.$schema ?? '')
    const ajv = draft.includes('2020-12')
      ? new Ajv2020(SETTINGS)
      : draft.includes('2019-09')
        ? new Ajv2019(SETTINGS)
        : new Ajv(SETTINGS)
    for (const { name, text: own } of dependencies)
      ajv.addSchema(withoutDraft(JSON.parse(own)), name)
    const validate = ajv.compile(draft.includes('draft-04') ? withoutDraft(schema) : schema)
    return value => (validate(value) ? undefined : ajv.errorsText(validate.errors))
  } catch (error) {
    throw new JsonSchemaProblem((error as Error).message)
  }
}

/** Drafts that differ in nothing that matters here are read as the one that is known. */
function withoutDraft(schema: unknown): object {
  const { $schema: _, ...rest } = schema as { readonly $schema?: unknown }
  return rest
}

// The JSON functions.

import type { ScalarFunction } from '../function-definition.ts'
import { isJsonFunctions } from './is-json.ts'
import { jsonArray, jsonObject, jsonString } from './json-construction.ts'
import { jsonExists } from './json-exists.ts'
import { jsonQuery } from './json-query.ts'
import { json, jsonLength, jsonQuote, jsonUnquote } from './json-text.ts'
import { jsonValue } from './json-value-function.ts'
import { parseJsonFunction, tryParseJson } from './variant.ts'

export const jsonFunctions: readonly ScalarFunction[] = [
  ...isJsonFunctions,
  jsonExists,
  jsonValue,
  jsonQuery,
  jsonString,
  jsonObject,
  jsonArray,
  jsonQuote,
  jsonUnquote,
  jsonLength,
  json,
  parseJsonFunction,
  tryParseJson,
]

// The options of the JSON format, by Flink's names, and what they come to.

import { MillraceError } from '../../../types/errors.ts'
import type { OptionSchema } from '../../../types/options.ts'

/** What every format that writes JSON text takes. */
export const JSON_TEXT_OPTIONS: OptionSchema = [
  {
    name: 'ignore-parse-errors',
    type: 'boolean',
    default: 'false',
    description:
      'Values that cannot be read are NULL and malformed records are left out, without a report.',
  },
  {
    name: 'timestamp-format.standard',
    type: 'enum',
    values: ['SQL', 'ISO-8601'],
    default: 'SQL',
    description:
      'How timestamps are written: `2024-01-31 12:00:00.5` or `2024-01-31T12:00:00.5`, TIMESTAMP_LTZ with a `Z` behind. Both are read.',
  },
  {
    name: 'map-null-key.mode',
    type: 'enum',
    values: ['FAIL', 'DROP', 'LITERAL'],
    default: 'FAIL',
    description: 'What becomes of a NULL key of a MAP that is written.',
  },
  {
    name: 'map-null-key.literal',
    type: 'string',
    default: 'null',
    description: 'The name written for a NULL key when `map-null-key.mode` is LITERAL.',
  },
  {
    name: 'encode.decimal-as-plain-number',
    type: 'boolean',
    default: 'false',
    description: 'Decimals are written as `0.00000001`, never as `1E-8`.',
  },
  {
    name: 'encode.ignore-null-fields',
    type: 'boolean',
    default: 'false',
    description: 'Fields that are NULL are left out of what is written.',
  },
]

export const JSON_OPTIONS: OptionSchema = [
  {
    name: 'fail-on-missing-field',
    type: 'boolean',
    default: 'false',
    description: 'A record without a field that is read is malformed; otherwise the field is NULL.',
  },
  ...JSON_TEXT_OPTIONS,
  {
    name: 'strict',
    type: 'boolean',
    default: 'false',
    description:
      'Values that are not read are checked too: a record that is not JSON throughout is malformed. Slower.',
  },
]

/** The options of reading. @throws {MillraceError} `MR_OPTION_INVALID` for options that contradict each other */
export function readOptionsOf(options: ReadonlyMap<string, string>) {
  const isOn = (name: string): boolean => options.get(name)?.toLowerCase() === 'true'
  const result = {
    ignoreParseErrors: isOn('ignore-parse-errors'),
    failOnMissingField: isOn('fail-on-missing-field'),
    isStrict: isOn('strict'),
  }
  if (result.ignoreParseErrors && result.failOnMissingField)
    throw new MillraceError(
      'MR_OPTION_INVALID',
      'json.fail-on-missing-field and json.ignore-parse-errors cannot both be true',
      { remedy: 'Leave one of them out.' },
    )
  return result
}

// Under which subject a table's schema is registered.

import {
  type FormatPlace,
  InvalidOptionError,
  MissingOptionError,
  type OptionSchema,
} from 'millrace'
import { formatOption } from './registry-settings.ts'

/** Of formats that are written with a registry. */
export const WRITTEN_OPTIONS: OptionSchema = [
  {
    name: 'subject',
    type: 'string',
    description:
      'The subject that the schema is registered under; by default what `subject-name-strategy` says.',
  },
  {
    name: 'subject-name-strategy',
    type: 'enum',
    values: ['topic', 'record', 'topic-record'],
    default: 'topic',
    description:
      "`<topic>-value` or `<topic>-key`, the record's full name, or `<topic>-<full name>`: Confluent's TopicNameStrategy and so on.",
  },
  {
    name: 'auto-register-schemas',
    type: 'boolean',
    default: 'true',
    description: 'Whether a schema that the subject does not have yet is registered.',
  },
  {
    name: 'schema',
    type: 'string',
    description: 'The schema that is read by and written, in place of the one of the columns.',
  },
]

/** @param recordName the full name of the record or message */
export function subjectOf(place: FormatPlace, recordName: string): string {
  const subject = formatOption(place, 'subject')
  if (subject !== undefined) return subject
  const strategy = formatOption(place, 'subject-name-strategy')?.toLowerCase() ?? 'topic'
  if (strategy === 'record') return recordName
  const { table, prefix } = place
  const topic = table.options.get('topic')
  if (topic === undefined)
    throw new MissingOptionError({
      table: table.name,
      option: `${prefix}subject`,
      description: 'the subject that the schema is registered under; the table names no topic.',
    })
  if (topic.includes(';'))
    throw new InvalidOptionError({
      table: table.name,
      option: 'topic',
      value: topic,
      expected: 'one topic, for a subject of its name',
    })
  if (strategy === 'topic-record') return `${topic}-${recordName}`
  return `${topic}-${prefix.startsWith('key.') ? 'key' : 'value'}`
}

// The format `changelog-json`: `{"op":"+I|-U|+U|-D","data":{…}}`, what queries print and what a changelog needs to be read again.

import type { DecodingFormat } from '../../../format/decoder.ts'
import type { EncodingFormat } from '../../../format/encoder.ts'
import type { ChangelogMode } from '../../../types/changelog-mode.ts'
import { MillraceError } from '../../../types/errors.ts'
import { type RowKindCode, UPDATE_AFTER, UPDATE_BEFORE } from '../../../types/value.ts'
import { JSON_TEXT_OPTIONS } from '../json/json-options.ts'
import { ChangeDecoder } from './change-decoder.ts'
import { createChangeEncoder } from './change-encoder.ts'
import { type Envelope, unknownKind } from './envelope.ts'

const OP = 0
const DATA = 1
const OPS = ['+I', '-U', '+U', '-D'] as const
const SHORT_NAMES = ['I', 'UB', 'UA', 'D'] as const

function envelope(options: ReadonlyMap<string, string>): Envelope {
  const kinds = kindsOf(options)
  return {
    deletesByKey: deletesByKey(options),
    members: ['op', 'data'],
    read(members, take) {
      const op = members.text(OP)
      const kind = OPS.indexOf(op as (typeof OPS)[number]) as RowKindCode | -1
      if (kind < 0) return unknownKind('op', op)
      if (!kinds.has(kind as RowKindCode)) return `"${op}" does not occur by 'changelog-json.mode'`
      take(kind as RowKindCode, members.span(DATA))
      return undefined
    },
  }
}

/** The kinds of changes that occur. @throws {MillraceError} `MR_OPTION_INVALID` */
function kindsOf(options: ReadonlyMap<string, string>): ReadonlySet<RowKindCode> {
  const mode = options.get('mode') ?? 'I,UB,UA,D'
  const kinds = mode.split(',').map(name => SHORT_NAMES.indexOf(name.trim() as never))
  if (kinds.includes(-1) || !kinds.includes(0))
    throw new MillraceError(
      'MR_OPTION_INVALID',
      `changelog-json.mode is '${mode}', which does not name the kinds of changes`,
      { remedy: `Name I, and those of UB, UA, D that occur: 'I,UB,UA,D' or 'I,UA,D' or 'I'.` },
    )
  return new Set(kinds as RowKindCode[])
}

function changelogMode(options: ReadonlyMap<string, string>): ChangelogMode {
  const kinds = kindsOf(options)
  if (kinds.size === 1) return 'append'
  const takesBackWhole = kinds.has(UPDATE_BEFORE) || !kinds.has(UPDATE_AFTER)
  return takesBackWhole && !deletesByKey(options) ? 'retract' : 'upsert'
}

/** Files whose mode leaves out UB take upserts, as they would give them. */
function accepts(options: ReadonlyMap<string, string>): readonly ChangelogMode[] {
  const mode = changelogMode(options)
  return mode === 'append' ? ['append'] : ['append', mode]
}

const deletesByKey = (options: ReadonlyMap<string, string>): boolean =>
  options.get('delete-by-key')?.toLowerCase() === 'true'

/** Reads and writes changelogs as they are. */
export const changelogJsonFormat: DecodingFormat & EncodingFormat = {
  format: 'changelog-json',
  options: [
    ...JSON_TEXT_OPTIONS,
    {
      name: 'mode',
      type: 'string',
      default: 'I,UB,UA,D',
      description:
        'The kinds of changes that occur. With UA but without UB, rows replace each other by the primary key.',
    },
    {
      name: 'delete-by-key',
      type: 'boolean',
      default: 'false',
      description: 'A -D holds no more than the primary key.',
    },
  ],
  framing: 'lines',
  accepts,
  changelogMode,
  createDecoder: request => new ChangeDecoder(request, envelope(request.options)),
  createEncoder: (schema, options) =>
    createChangeEncoder(schema, options, [frame('+I'), frame('-U'), frame('+U'), frame('-D')]),
}

function frame(op: (typeof OPS)[number]): readonly [string, string] {
  return [`{"op":"${op}","data":`, '}']
}

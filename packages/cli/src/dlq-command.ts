// millrace dlq: the dead letters of a program, in its topics and its state folder: lists them, shows one, sends them back.

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import {
  LETTER_TOPIC,
  MillraceError,
  nodePorts,
  type Program,
  programTables,
  storedLetters,
  tryParseDuration,
} from 'millrace'
import { parseOptions } from './command-options.ts'
import { type KnownLetter, letterJson, letterLines, letterText } from './letter-report.ts'
import { loadPrograms } from './load-program.ts'
import { UsageError } from './usage-error.ts'

const USAGE = 'millrace dlq list|show|replay <file.ts|file.sql>'

const OPTIONS = {
  'state-dir': { type: 'string' },
  source: { type: 'string' },
  code: { type: 'string' },
  since: { type: 'string' },
  output: { type: 'string' },
  all: { type: 'boolean' },
  topic: { type: 'string' },
} as const

type Values = Partial<Record<Exclude<keyof typeof OPTIONS, 'all'>, string>> & {
  readonly all?: boolean
}

/** A letter, wherever it is. */
type Filter = (letter: Pick<KnownLetter, 'id' | 'letter'>) => boolean

export async function dlqCommand([name, ...args]: readonly string[]): Promise<number> {
  const command = new Map(Object.entries({ list, show, replay })).get(name ?? '')
  if (!command)
    throw new UsageError(
      `${name === undefined ? 'Name the command' : `There is no command "dlq ${name}"`}: ${USAGE}.`,
    )
  const { values, positionals } = parseOptions(() =>
    parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS }),
  )
  const [file, ...ids] = positionals
  if (file === undefined) throw new UsageError(`Name the program: ${USAGE}.`)
  return command(await loadPrograms(file), ids, values)
}

async function list(
  programs: readonly Program[],
  ids: readonly string[],
  values: Values,
): Promise<number> {
  const { output = 'text' } = values
  if (output !== 'text' && output !== 'ndjson')
    throw new UsageError(`--output is text or ndjson, not "${output}".`)
  const letters = await lettersOf(programs, filterOf(ids, values), values)
  process.stdout.write(
    output === 'ndjson'
      ? letters.map(l => `${JSON.stringify(letterJson(l))}\n`).join('')
      : letterLines(letters),
  )
  return 0
}

async function show(
  programs: readonly Program[],
  ids: readonly string[],
  values: Values,
): Promise<number> {
  const [id] = ids
  if (id === undefined || ids.length > 1)
    throw new UsageError('Name one letter by its id: millrace dlq show <file.ts|file.sql> <id>.')
  const letters = await lettersOf(programs, l => l.id === id, values)
  if (letters.length === 0)
    throw new UsageError(`There is no letter ${id}; \`millrace dlq list\` tells which there are.`)
  process.stdout.write(
    values.output === 'ndjson'
      ? letters.map(l => `${JSON.stringify(letterJson(l))}\n`).join('')
      : letters.map(letterText).join('\n'),
  )
  return 0
}

async function replay(
  programs: readonly Program[],
  ids: readonly string[],
  values: Values,
): Promise<number> {
  const isChosen = ids.length > 0 || values.source !== undefined || values.code !== undefined
  if (!isChosen && values.since === undefined && !values.all)
    throw new UsageError('Say which letters: ids, --source, --code, --since, or --all.')
  if (!programs.some(namesTopic))
    throw new UsageError(
      `Letters are replayed from topics, and the program names none: set '${LETTER_TOPIC}'.`,
    )
  const { letterId, replayLetters } = await import('@millrace/kafka')
  const filter = filterOf(ids, values)
  let isRefused = false
  for (const program of programs) {
    const result = await replayLetters(program, nodePorts(), {
      isWanted: found => filter({ id: letterId(found), letter: found.letter }),
      topic: values.topic,
      onStandBy: () => process.stderr.write('Waiting: another replay is at it.\n'),
    })
    const { replayed, before, refused } = result
    const already = before.length === 0 ? '' : `; ${before.length} were replayed before`
    process.stdout.write(`${program.name}: ${replayed.length} replayed${already}.\n`)
    for (const { letter, reason } of refused)
      process.stderr.write(`${letterId(letter)} is not replayed: ${reason}.\n`)
    isRefused ||= refused.length > 0
  }
  return isRefused ? 1 : 0
}

/** Of the folder first, then of the topics. */
async function lettersOf(
  programs: readonly Program[],
  filter: Filter,
  values: Values,
): Promise<readonly KnownLetter[]> {
  const folders = programs.map(program => folderOf(program, values))
  if (folders.every(f => f === undefined) && !programs.some(namesTopic))
    throw new UsageError(
      `The program names neither a topic for dead letters ('${LETTER_TOPIC}') nor a state folder: name that with --state-dir.`,
    )
  const found: KnownLetter[] = []
  for (const [i, program] of programs.entries()) {
    const folder = folders[i]
    if (folder !== undefined) found.push(...(await lettersInFolder(program, folder, values)))
    if (namesTopic(program)) found.push(...(await lettersInTopics(program, filter)))
  }
  return found.filter(filter)
}

/** A program that runs has its folder for itself: where it has topics, too, those can be looked at all the same. */
async function lettersInFolder(
  program: Program,
  folder: string,
  values: Values,
): Promise<KnownLetter[]> {
  try {
    const letters = await storedLetters(folder, program.name, nodePorts())
    return letters.map(letter => ({ id: `${letter.sequence}`, program: program.name, letter }))
  } catch (error) {
    const isInUse = error instanceof MillraceError && error.code === 'MR_STATE_LOCKED'
    if (!isInUse || values['state-dir'] !== undefined || !namesTopic(program)) throw error
    process.stderr.write(
      `${program.name} runs: letters that its state folder holds are not told.\n`,
    )
    return []
  }
}

async function lettersInTopics(program: Program, filter: Filter): Promise<KnownLetter[]> {
  const { letterId, lettersOfProgram } = await import('@millrace/kafka')
  const topics = await lettersOfProgram(program, nodePorts(), found =>
    filter({ id: letterId(found), letter: found.letter }),
  )
  return topics.flatMap(({ letters, replayed }) =>
    letters.map(l => ({ ...l, id: letterId(l), isReplayed: replayed.has(letterId(l)) })),
  )
}

function namesTopic(program: Program): boolean {
  const isNamedByTable = programTables(program).read.some(t => t.options.has(LETTER_TOPIC))
  return isNamedByTable || program.settings.options?.has(LETTER_TOPIC) === true
}

function folderOf({ settings }: Program, values: Values): string | undefined {
  const given = values['state-dir']
  const own = settings.stateDir && resolve(settings.baseFolder ?? process.cwd(), settings.stateDir)
  const folder = given === undefined ? own : resolve(given)
  if (given !== undefined && !existsSync(resolve(given)))
    throw new UsageError(`There is no folder ${given}.`)
  return folder !== undefined && existsSync(folder) ? folder : undefined
}

function filterOf(ids: readonly string[], { source, code, since }: Values): Filter {
  const from = since === undefined ? undefined : timeOf(since)
  return ({ id, letter }) =>
    (ids.length === 0 || ids.includes(id)) &&
    (source === undefined || letter.operatorName === source) &&
    (code === undefined || letter.code === code) &&
    (from === undefined || letter.atMs >= from)
}

/** A time, or how long ago. */
function timeOf(text: string): number {
  const ago = tryParseDuration(text)
  const at = ago === undefined ? Date.parse(text) : Date.now() - ago
  if (!Number.isNaN(at)) return at
  throw new UsageError(`--since is a time (2026-01-31T12:00Z) or how long ago (2h), not "${text}".`)
}

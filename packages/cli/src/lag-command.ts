// millrace lag: how far a program, or a consumer group, is behind its topics, asked of the brokers.

import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { GroupLag } from '@millrace/kafka'
import { nodePorts, programTables } from 'millrace'
import { parseOptions } from './command-options.ts'
import { exceeded, lagJson, lagText, type LagLimits } from './lag-report.ts'
import { loadPrograms } from './load-program.ts'
import { UsageError } from './usage-error.ts'

const EXCEEDED = 3

export async function lagCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        group: { type: 'string' },
        brokers: { type: 'string' },
        config: { type: 'string' },
        'max-records': { type: 'string' },
        'max-seconds': { type: 'string' },
        json: { type: 'boolean' },
      },
    }),
  )
  const limits: LagLimits = {
    records: limitOf('max-records', values['max-records']),
    seconds: limitOf('max-seconds', values['max-seconds']),
  }
  const lags = await lagsOf(positionals[0], values)
  const over = lags.flatMap(lag => exceeded(lag, limits))
  const { transactionText } = await import('@millrace/kafka')
  process.stdout.write(
    values.json
      ? `${JSON.stringify(lags.map(lagJson), undefined, 2)}\n`
      : lags.map(lag => lagText(lag, transactionText, Date.now())).join('\n'),
  )
  for (const text of over) process.stderr.write(`${text}\n`)
  return over.length > 0 ? EXCEEDED : 0
}

async function lagsOf(
  file: string | undefined,
  values: Readonly<Partial<Record<'group' | 'brokers' | 'config', string>>>,
): Promise<readonly GroupLag[]> {
  const { group, brokers, config } = values
  const { lagOfGroup, lagOfProgram } = await import('@millrace/kafka')
  if (group !== undefined && file === undefined) {
    const properties = new Map(config === undefined ? [] : await propertiesIn(config))
    if (brokers !== undefined) properties.set('bootstrap.servers', brokers)
    if (!properties.has('bootstrap.servers'))
      throw new UsageError('Name the brokers: millrace lag --group <name> --brokers <host:port,…>.')
    return [await lagOfGroup(group, properties, nodePorts())]
  }
  if (file === undefined || group !== undefined || brokers !== undefined || config !== undefined)
    throw new UsageError(
      'Name a program (millrace lag <file.ts|file.sql>), or a group (millrace lag --group <name> --brokers <host:port,…>).',
    )
  const programs = await loadPrograms(file)
  const lags = await Promise.all(
    programs.map(p => lagOfProgram(p.name, programTables(p), nodePorts())),
  )
  if (lags.flat().length === 0) throw new UsageError(`${file} reads no table of Kafka.`)
  return lags.flat()
}

function limitOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const limit = Number(text)
  if (text.trim() !== '' && limit >= 0) return limit
  throw new UsageError(`--${name} is a number from 0 on, not "${text}".`)
}

/** The lines `name=value` of a file as Kafka's own tools read them. */
async function propertiesIn(file: string): Promise<[string, string][]> {
  const text = await readFile(file, 'utf8').catch(error => {
    throw new UsageError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  })
  const lines = text.replaceAll(/\\\r?\n\s*/g, '').split(/\r?\n/)
  return lines.flatMap(line => {
    const match = /^\s*([^#!\s=:][^\s=:]*)\s*[=:]?\s*(.*)$/.exec(line)
    return match ? [[match[1] as string, (match[2] as string).trimEnd()]] : []
  })
}

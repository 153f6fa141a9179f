// millrace kafka acls: prints the least rights that a program needs at its brokers.

import { parseArgs } from 'node:util'
import type { Program } from 'millrace'
import { parseOptions } from './command-options.ts'
import { loadPrograms } from './load-program.ts'
import { UsageError } from './usage-error.ts'

/** Stands in commands for a user that nobody has named. */
const NOBODY = 'User:NAME'

export async function kafkaCommand([name, ...args]: readonly string[]): Promise<number> {
  if (name === 'acls') return aclsCommand(args)
  throw new UsageError(
    `${name === undefined ? 'Name the command' : `There is no command "kafka ${name}"`}: millrace kafka acls <file.ts|file.sql>.`,
  )
}

async function aclsCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { principal: { type: 'string' }, json: { type: 'boolean' } },
    }),
  )
  const [file] = positionals
  if (file === undefined)
    throw new UsageError('Name the program: millrace kafka acls <file.ts|file.sql>.')
  if (values.principal !== undefined && !/^[A-Za-z]+:./.test(values.principal))
    throw new UsageError(
      `--principal is type and name, such as User:alice, not "${values.principal}".`,
    )
  const programs = await loadPrograms(file)
  const told = await Promise.all(programs.map(p => aclsOf(p, values.principal)))
  if (told.every(p => p.clusters.length === 0))
    throw new UsageError(`${file} has no table of Kafka.`)
  process.stdout.write(
    values.json
      ? `${JSON.stringify(
          told.map(({ text: _, ...data }) => data),
          undefined,
          2,
        )}\n`
      : told.flatMap(p => p.text).join('\n'),
  )
  return 0
}

/** A program's rights as data, and as lines of a shell. */
async function aclsOf(program: Program, principal: string | undefined) {
  const { aclCommands, requiredAcls } = await import('@millrace/kafka')
  const clusters = requiredAcls(program).map(cluster => ({
    ...cluster,
    principal: principal ?? (cluster.user === undefined ? NOBODY : `User:${cluster.user}`),
  }))
  const text = clusters.flatMap(cluster => [
    `# What "${program.name}" needs at ${cluster.brokers.join(', ')}.`,
    ...(cluster.principal === NOBODY
      ? ['# Put its user in place of NAME, or say who it is with --principal.']
      : []),
    ...aclCommands(cluster, cluster.principal),
    '',
  ])
  const json = clusters.map(({ brokers, principal, acls }) => ({ brokers, principal, acls }))
  return { program: program.name, clusters: json, text }
}

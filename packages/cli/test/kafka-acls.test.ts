import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { endOf, startCommand } from './support/command.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-cli-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const kafka = (...args: readonly string[]) => endOf(startCommand(folder, ['kafka', ...args]))

const DDL = `
  CREATE TABLE payments (v STRING) WITH (
    'connector' = 'kafka', 'topic' = 'payments', 'format' = 'raw',
    'properties.bootstrap.servers' = 'broker:9092');
  CREATE TABLE copies (v STRING) WITH (
    'connector' = 'kafka', 'topic' = 'copies', 'format' = 'raw',
    'properties.bootstrap.servers' = 'broker:9092');`

const COMMANDS = `# What "copy" needs at broker:9092.
# Read: payments reads it
kafka-acls.sh --bootstrap-server broker:9092 --add --allow-principal User:alice --operation Read --topic payments
# Write: copies writes it
# DescribeConfigs, not strictly needed: record batches are no larger than the topic takes
kafka-acls.sh --bootstrap-server broker:9092 --add --allow-principal User:alice --operation Write --operation DescribeConfigs --topic copies
# Read: the offsets of payments are kept there
kafka-acls.sh --bootstrap-server broker:9092 --add --allow-principal User:alice --operation Read --group copy
`

describe('millrace kafka acls', () => {
  it('prints the commands that give a script its rights', async () => {
    await writeFile(join(folder, 'copy.sql'), `${DDL} INSERT INTO copies SELECT v FROM payments;`)
    const printed = await kafka('acls', 'copy.sql', '--principal', 'User:alice')
    expect(printed).toEqual({ code: 0, stderr: '', stdout: COMMANDS })
  })

  it('says where a user has to be put in', async () => {
    await writeFile(join(folder, 'read.sql'), `${DDL} SELECT v FROM payments;`)
    const { stdout } = await kafka('acls', 'read.sql')
    expect(stdout).toContain('# Put its user in place of NAME, or say who it is with --principal.')
    expect(stdout).toContain('--allow-principal User:NAME --operation Read --topic payments')
    expect(stdout).not.toContain('copies')
  })

  it('looks at a program in TypeScript without running it', async () => {
    await writeFile(
      join(folder, 'copy.ts'),
      `import { Millrace } from 'millrace'
       import { kafkaFactories } from '@millrace/kafka'
       const app = new Millrace('copy')
       app.use({ factories: [...kafkaFactories.sources, ...kafkaFactories.sinks] })
       await app.execute(${JSON.stringify(`${DDL} INSERT INTO copies SELECT v FROM payments;`)})
       const { outcome } = await app.run()
       if (outcome !== 'stopped') throw new Error('it ran')`,
    )
    const printed = await kafka('acls', 'copy.ts', '--json')
    expect(printed).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(printed.stdout)).toEqual([
      {
        program: 'copy',
        clusters: [
          {
            brokers: ['broker:9092'],
            principal: 'User:NAME',
            acls: [
              right('Topic', 'payments', 'Read', 'payments reads it'),
              right('Topic', 'copies', 'Write', 'copies writes it'),
              {
                ...right('Topic', 'copies', 'DescribeConfigs', SIZES),
                isOptional: true,
              },
              right('Group', 'copy', 'Read', 'the offsets of payments are kept there'),
            ],
          },
        ],
      },
    ])
  })

  it('tells what it cannot do', async () => {
    const said = async (...args: readonly string[]) => (await kafka(...args)).stderr
    expect(await said('topics')).toContain('There is no command "kafka topics"')
    expect(await said('acls', 'gone.sql')).toContain('There is no file gone.sql')
    await writeFile(join(folder, 'none.sql'), 'SELECT 1;')
    expect(await said('acls', 'none.sql')).toContain('none.sql has no table of Kafka')
    expect(await said('acls', 'none.sql', '--principal', 'alice')).toContain('such as User:alice')
  })
})

const SIZES = 'record batches are no larger than the topic takes'

const right = (resource: string, name: string, operation: string, reason: string) => {
  return { resource, name, pattern: 'Literal', operation, reasons: [reason] }
}

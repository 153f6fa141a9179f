// Each error code has a case: a script that ends in it, and behind it, as comments, the message as people read it.
// UPDATE_ERROR_CASES=1 writes the messages anew: read each, then commit.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createBuiltInRegistry } from '../../src/runner/built-in-registry.ts'
import { embeddedRunner } from '../../src/runner/embedded-runner.ts'
import { loadFunctionModules } from '../../src/runner/function-modules.ts'
import { loadScript } from '../../src/runner/load-script.ts'
import { ERROR_CODES } from '../../src/types/error-codes.ts'
import { MillraceError } from '../../src/types/errors.ts'

const FOLDER = join(import.meta.dirname, 'cases')
const CASES = readdirSync(FOLDER).filter(f => f.endsWith('.sql'))

/** Codes that no script alone ends in, and the tests of this package or others that provoke them. */
const ELSEWHERE = new Map([
  ['MR_DATA_CONFLICT', 'millrace/test/runner/upsert-sink.test.ts'],
  ['MR_STATE_LOCKED', 'millrace/test/runner/state/kill.test.ts'],
  ['MR_STATE_CORRUPT', 'millrace/test/runner/state/damage.test.ts'],
  ['MR_STATE_INCOMPATIBLE', 'millrace/test/runner/embedded-runner.test.ts'],
  ['MR_STATE_IO', 'millrace/test/runner/state/crash.test.ts'],
  ['MR_STATE_POISONED', 'millrace/test/runner/state/crash.test.ts'],
  ['MR_STATE_SUPERSEDED', 'millrace/test/runner/job/decided-epochs.test.ts'],
  ['MR_QUERY_TOO_LARGE', 'server/test/console/console-routes.test.ts'],
  ['MR_JOB_STALLED', 'millrace/test/runner/job/stall-watch.test.ts'],
  ['MR_CHANGELOG_INCOMPLETE', 'kafka/test/changelog/changelog.test.ts'],
  ['MR_KAFKA_CHANGELOG', 'kafka/test/changelog/changelog.test.ts'],
  ['MR_KAFKA_DEAD_LETTERS', 'kafka/test/dead-letters/dead-letters.test.ts'],
  ['MR_KAFKA_UNREACHABLE', 'kafka/test/client/cluster.test.ts'],
  ['MR_KAFKA_SECURITY', 'kafka/test/broker/secured-broker.test.ts'],
  ['MR_KAFKA_UNKNOWN_TOPIC', 'kafka/test/source/kafka-source.test.ts'],
  ['MR_KAFKA_RECORDS', 'kafka/test/records/batches.test.ts'],
  ['MR_KAFKA_RECORD_TOO_LARGE', 'kafka/test/sink/kafka-sink.test.ts'],
  ['MR_KAFKA_PARTITION', 'kafka/test/sink/chosen-partition.test.ts'],
  ['MR_KAFKA_RESPONSE', 'kafka/test/client/cluster.test.ts'],
  ['MR_KAFKA_DATA_LOST', 'kafka/test/t0/lost-data.test.ts'],
  ['MR_KAFKA_FENCED', 'kafka/test/transactions/kafka-transaction.test.ts'],
  ['MR_KAFKA_FOREIGN_GROUP', 'kafka/test/group/membership.test.ts'],
  ['MR_KAFKA_UNKNOWN_OUTCOME', 'kafka/test/transactions/kafka-transaction.test.ts'],
  ['MR_REGISTRY_UNREACHABLE', 'schema-registry/test/registry/registry-client.test.ts'],
  ['MR_REGISTRY_SECURITY', 'schema-registry/test/registry/registry-client.test.ts'],
  ['MR_REGISTRY_RESPONSE', 'schema-registry/test/registry/registry-client.test.ts'],
  ['MR_REGISTRY_INCOMPATIBLE', 'schema-registry/test/avro/avro-confluent.test.ts'],
  ['MR_REGISTRY_UNREGISTERED', 'schema-registry/test/avro/avro-confluent.test.ts'],
  ['MR_REGISTRY_SCHEMA', 'schema-registry/test/json/json-schema.test.ts'],
  ['MR_AVRO_VALUE', 'schema-registry/test/avro/avro-writer.test.ts'],
  ['MR_JSON_SCHEMA_VALUE', 'schema-registry/test/json/json-schema.test.ts'],
  ['MR_PROTOBUF_VALUE', 'schema-registry/test/protobuf/protobuf.test.ts'],
  ['MR_SINK_FAILED', 'millrace/test/runner/connectors/file-sink.property.test.ts'],
  ['MR_IO_FAILED', 'millrace/test/runner/bad-input/bad-files.test.ts'],
  ['MR_NODE_TOO_OLD', 'cli/test/bin/launcher.test.ts'],
  ['MR_SQL_ROW_TYPE', 'millrace/test/api/sql/typed-query.test.ts'],
  ['MR_SERVER_PORT_IN_USE', 'server/test/server.test.ts'],
])

/** A defect of ours, which no case can ask for; and one whose text is a comment in what `explain({ sql: true })` prints. */
const WITHOUT_CASE = new Set(['MR_INTERNAL', 'MR_PLAN_NO_SQL'])

describe('the message of', () => {
  for (const file of CASES)
    it(file.replace('.sql', ''), async () => {
      const path = join(FOLDER, file)
      const [script, expected] = splitCase(readFileSync(path, 'utf8'))
      const error = await errorOf(script)
      expect(error).toBeInstanceOf(MillraceError)
      const { code, message, remedy } = error as MillraceError
      expect(code).toBe(file.split('.')[0])
      const said = message.includes(remedy ?? '') ? message : `${message}\n${remedy}`
      const shown = comment(said.replaceAll(FOLDER, '<folder>'))
      if (process.env.UPDATE_ERROR_CASES) writeFileSync(path, `${script}${shown}`)
      else expect(shown).toBe(expected)
    })
})

describe('the cases', () => {
  it('have one for every code that a script can end in', () => {
    const codes = new Set(CASES.map(f => f.split('.')[0] as string))
    const missing = ERROR_CODES.filter(
      code => !codes.has(code) && !ELSEWHERE.has(code) && !WITHOUT_CASE.has(code),
    )
    expect(missing).toEqual([])
    const packages = join(import.meta.dirname, '..', '..', '..')
    for (const [code, file] of ELSEWHERE)
      expect(readFileSync(join(packages, file), 'utf8')).toContain(code)
  })

  it('show the place of every mistake in the text: line, column and a mark', () => {
    const placeless = CASES.filter(file =>
      /^MR_(SQL|OPTION|CONNECTOR|FORMAT|PLAN)/.test(file),
    ).filter(file => !/^-- +\d+ \| [\s\S]*\^/m.test(readFileSync(join(FOLDER, file), 'utf8')))
    expect(placeless).toEqual([])
  })
})

/** The script, and the comments behind it that hold the message. */
function splitCase(text: string): readonly [string, string] {
  const at = text.search(/\n-- /)
  return at < 0 ? [text, ''] : [text.slice(0, at + 1), text.slice(at + 1)]
}

const comment = (text: string): string => `${text.replace(/^/gm, '-- ').replace(/ +$/gm, '')}\n`

async function errorOf(text: string): Promise<unknown> {
  try {
    const { program, query } = loadScript(text, {
      name: 'case',
      connectors: createBuiltInRegistry(),
      settings: { baseFolder: FOLDER },
      functionModules: await loadFunctionModules(text, FOLDER),
    })
    if (query) for await (const _ of embeddedRunner.query(program, query.plan));
    else embeddedRunner.explain(program)
    return undefined
  } catch (error) {
    return error
  }
}

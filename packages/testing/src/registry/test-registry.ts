// The schema registry that the tests of one run share.

import { BrokerMissingError, BrokerStartError } from '../broker/broker-errors.ts'
import type { NoBroker } from '../broker/test-broker.ts'
import { startRegistry } from './start-registry.ts'

/** Names a registry for tests, by its address. */
const GIVEN = 'MILLRACE_SCHEMA_REGISTRY'
/** Set by the test runner, as the broker's. */
const RUN_FOLDER = 'MILLRACE_TEST_REGISTRY_FOLDER'
const RUN_OWNER = 'MILLRACE_TEST_BROKER_OWNER'

/** A registry for tests. Subjects are shared: give each test names of its own. */
export interface TestRegistry {
  readonly url: string
}

/**
 * The registry that MILLRACE_SCHEMA_REGISTRY names, else one of our own. The first to ask starts it; it serves the whole run.
 *
 * Without what it needs, the answer says so; in CI that is an error.
 *
 * @throws {BrokerStartError} when it does not come up
 */
export async function testRegistry(): Promise<TestRegistry | NoBroker> {
  const given = process.env[GIVEN]
  if (given) return { url: given.replace(/\/+$/, '') }
  const folder = process.env[RUN_FOLDER]
  const owner = process.env[RUN_OWNER]
  if (!folder || !owner) throw new BrokerStartError(`${RUN_FOLDER} and ${RUN_OWNER} are not set`)
  try {
    const { url } = await startRegistry({ folder, ownerPid: Number(owner) })
    return { url }
  } catch (error) {
    if (!(error instanceof BrokerMissingError) || process.env['CI'] === 'true') throw error
    return { problem: `${error.message}, or name a registry by ${GIVEN}=http://host:port` }
  }
}

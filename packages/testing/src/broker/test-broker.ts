// The broker that the tests of one run share.

import { BrokerMissingError, BrokerStartError } from './broker-errors.ts'
import type { ProxiedListener, SecuredListeners } from './broker-options.ts'
import type { RunningBroker } from './running-broker.ts'
import { startBroker } from './start-broker.ts'

/** A broker for tests. Topics, groups and transactional ids are shared: give each test names of its own. */
export interface TestBroker {
  /** Of a plaintext listener, as `host:port`. */
  readonly bootstrap: string
  /** What only a broker of our own has: further listeners, and a process that one may look at. Others use it too: do not stop it. */
  readonly own?: RunningBroker & {
    readonly secured: SecuredListeners
    readonly proxied: readonly ProxiedListener[]
  }
}

/** No broker here; says what to install. */
export interface NoBroker {
  readonly problem: string
}

export interface TestBrokerOptions {
  /** A broker of our own, whatever the environment names: for listeners that only ours has. */
  readonly isOwn?: boolean
}

/** Names a broker for tests, as `host:port`. */
const GIVEN = 'MILLRACE_KAFKA'
/** Set by the test runner: the folder of the run's broker, and the process that it may not outlive. */
const RUN_FOLDER = 'MILLRACE_TEST_BROKER_FOLDER'
const RUN_OWNER = 'MILLRACE_TEST_BROKER_OWNER'

const PROXIED_LISTENERS = 8

/** Sessions and transactions that tests let time out do so within a second or two. */
const SETTINGS = {
  'auto.create.topics.enable': 'false',
  'group.min.session.timeout.ms': '1000',
  'group.consumer.min.session.timeout.ms': '1000',
  'group.consumer.min.heartbeat.interval.ms': '100',
  'transaction.abort.timed.out.transaction.cleanup.interval.ms': '1000',
  'log.retention.ms': '-1',
  'log.cleaner.backoff.ms': '200',
}

/**
 * A broker for tests: the one that MILLRACE_KAFKA names, else one of our own, from jars or in a container. The first to ask starts it; it
 * serves the whole run.
 *
 * Without what a broker needs, the answer says so; in CI that is an error.
 *
 * @throws {BrokerStartError} when it does not come up
 */
export async function testBroker(options: TestBrokerOptions = {}): Promise<TestBroker | NoBroker> {
  const given = process.env[GIVEN]
  if (given && !options.isOwn) return { bootstrap: given }
  const folder = process.env[RUN_FOLDER]
  const owner = process.env[RUN_OWNER]
  if (!folder || !owner) throw new BrokerStartError(`${RUN_FOLDER} and ${RUN_OWNER} are not set`)
  try {
    const own = await startBroker({
      folder,
      isSecured: true,
      proxiedListeners: PROXIED_LISTENERS,
      settings: SETTINGS,
      ownerPid: Number(owner),
    })
    return { bootstrap: own.bootstrap, own: own as NonNullable<TestBroker['own']> }
  } catch (error) {
    if (!(error instanceof BrokerMissingError) || process.env['CI'] === 'true') throw error
    return { problem: `${error.message}, or name a broker by ${GIVEN}=host:port` }
  }
}

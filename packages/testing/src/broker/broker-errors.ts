// Why there is no broker: what is missing here, or what it said before it ended.

/** What a broker needs is not on this machine; the message says what to install. */
export class BrokerMissingError extends Error {
  override readonly name = 'BrokerMissingError'
}

/** A broker could be started, and did not come up, or not where it should. */
export class BrokerStartError extends Error {
  override readonly name = 'BrokerStartError'
}

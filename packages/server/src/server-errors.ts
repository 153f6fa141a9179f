// Why a server does not start.

import { MillraceError } from 'millrace'

/** Another program listens on the port. */
export class PortInUseError extends MillraceError {
  constructor(facts: { host: string; port: number; cause: unknown }) {
    super('MR_SERVER_PORT_IN_USE', `Port ${facts.port} of ${facts.host} is in use.`, {
      domain: 'external',
      remedy: 'Stop the other program, or choose another port (0 takes any that is free).',
      cause: facts.cause,
    })
  }
}

/** An address that others can reach needs a token. */
export class TokenMissingError extends MillraceError {
  constructor(facts: { host: string }) {
    super(
      'MR_OPTION_MISSING',
      `The server would be open to everyone who can reach ${facts.host}.`,
      {
        remedy:
          'Give it tokens (MILLRACE_READ_TOKEN, MILLRACE_OPERATE_TOKEN), or let it listen on 127.0.0.1.',
      },
    )
  }
}

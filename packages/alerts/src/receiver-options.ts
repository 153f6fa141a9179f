// What receivers are made of, with secrets revealed: nothing of this is printed.

export interface WebhookOptions {
  readonly url: string
  readonly payload: 'json' | 'slack'
  readonly bearerToken?: string
  readonly signingSecret?: string
}

export interface EmailOptions {
  readonly host: string
  readonly port: number
  /** From the first byte, by STARTTLS or not at all; what is asked for and cannot be had is an error. */
  readonly tls: 'implicit' | 'starttls' | 'none'
  readonly user?: string
  readonly password?: string
  /** PEM of the authority that signs the server's certificate, instead of the known ones. */
  readonly ca?: string
  readonly from: string
  readonly to: readonly string[]
}

/** How attempts are repeated. */
export interface RetryOptions {
  readonly timeoutMs: number
  readonly initialMs: number
  readonly maxMs: number
  /** After which a notification is given up. */
  readonly forMs: number
}

// TLS: certificate and key from files, read again when they change.

import { readFileSync, unwatchFile, watchFile } from 'node:fs'
import type { Server } from 'node:https'
import { createSecureContext } from 'node:tls'
import { MillraceError } from 'millrace'

/** Paths of PEM files; the certificate with those of the authorities between. */
export interface TlsFiles {
  readonly certificate: string
  readonly key: string
}

/** Certificate and key cannot be read, or do not belong together. */
export class TlsFilesError extends MillraceError {
  constructor(facts: TlsFiles & { readonly cause: unknown }) {
    const { certificate, key, cause } = facts
    super(
      'MR_OPTION_INVALID',
      `TLS cannot be offered with ${certificate} and ${key}: ${(cause as Error).message}`,
      { remedy: 'Name PEM files: a certificate, and the key that belongs to it.', cause },
    )
  }
}

const CHECK_MS = 2_000

/** @throws {TlsFilesError} `MR_OPTION_INVALID` */
export function readTls(files: TlsFiles): { readonly cert: Buffer; readonly key: Buffer } {
  try {
    const pair = { cert: readFileSync(files.certificate), key: readFileSync(files.key) }
    createSecureContext(pair)
    return pair
  } catch (cause) {
    throw new TlsFilesError({ ...files, cause })
  }
}

/** Follows the files; a pair that does not fit, such as one half written, is left until it does. Returns how to stop it. */
export function followTls(server: Server, files: TlsFiles): () => void {
  const reload = () => {
    try {
      server.setSecureContext({ ...readTls(files), minVersion: 'TLSv1.2' })
    } catch {
      // The pair before goes on being offered.
    }
  }
  const paths = [files.certificate, files.key]
  for (const path of paths) watchFile(path, { interval: CHECK_MS, persistent: false }, reload)
  return () => {
    for (const path of paths) unwatchFile(path, reload)
  }
}

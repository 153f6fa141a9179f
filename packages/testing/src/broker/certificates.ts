// Certificates for a broker of tests, made by openssl: an authority, the broker, a client, and a client of another authority.

import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BrokerMissingError, BrokerStartError } from './broker-errors.ts'
import { ProgramMissingError, runProgram } from './run-program.ts'

/** A certificate and its private key, as PEM files. */
export interface KeyPair {
  readonly certificate: string
  readonly key: string
  /** Both in one file, as Kafka reads them from `ssl.keystore.location`. */
  readonly keystore: string
}

export interface BrokerCertificates {
  /** The PEM file of the authority that signed the broker's certificate and `alice`. */
  readonly authority: string
  readonly broker: KeyPair
  /** A client that the broker trusts, as the user alice. */
  readonly alice: KeyPair
  /** A client of an authority that the broker does not know. */
  readonly stranger: KeyPair
}

const LIFE = ['-days', '3650']
const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
const BROKER_NAMES = 'subjectAltName=DNS:localhost,IP:127.0.0.1'

/** The certificates in a folder, made when they are not there yet. */
export async function makeCertificates(folder: string): Promise<BrokerCertificates> {
  const at = (name: string): string => join(folder, name)
  const pair = (name: string): KeyPair => ({
    certificate: at(`${name}.pem`),
    key: at(`${name}.key`),
    keystore: at(`${name}-keystore.pem`),
  })
  const certificates: BrokerCertificates = {
    authority: at('authority.pem'),
    broker: pair('broker'),
    alice: pair('alice'),
    stranger: pair('stranger'),
  }
  // Written last.
  if (existsSync(certificates.stranger.keystore)) return certificates
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const authority of ['authority', 'other-authority']) {
    await makeAuthority(pair(authority), authority)
  }
  await sign(certificates.broker, pair('authority'), 'localhost', BROKER_NAMES)
  await sign(certificates.alice, pair('authority'), 'alice')
  await sign(certificates.stranger, pair('other-authority'), 'stranger')
  return certificates
}

function makeAuthority({ certificate, key }: KeyPair, name: string): Promise<void> {
  const subject = ['-subj', `/CN=millrace test ${name}`]
  return openssl('req', '-x509', ...KEY, '-keyout', key, '-out', certificate, ...subject, ...LIFE)
}

async function sign(
  { certificate, key, keystore }: KeyPair,
  authority: KeyPair,
  name: string,
  extensions = '',
): Promise<void> {
  const request = `${certificate}.request`
  const extensionFile = `${certificate}.extensions`
  await writeFile(extensionFile, extensions)
  await openssl('req', ...KEY, '-keyout', key, '-out', request, '-subj', `/CN=${name}`)
  const signer = ['-CA', authority.certificate, '-CAkey', authority.key, '-CAcreateserial']
  const ends = ['-extfile', extensionFile, ...LIFE]
  await openssl('x509', '-req', '-in', request, '-out', certificate, ...signer, ...ends)
  const parts = await Promise.all([readFile(key, 'utf8'), readFile(certificate, 'utf8')])
  await writeFile(keystore, parts.join(''), { mode: 0o600 })
}

async function openssl(...args: string[]): Promise<void> {
  const { code, output } = await runProgram('openssl', args).catch(error => {
    if (!(error instanceof ProgramMissingError)) throw error
    throw new BrokerMissingError(
      'openssl is missing: it makes the certificates of a broker with TLS (Debian: apt-get install -y openssl)',
    )
  })
  if (code !== 0) throw new BrokerStartError(`openssl ${args[0]} failed:\n${output.trim()}`)
}

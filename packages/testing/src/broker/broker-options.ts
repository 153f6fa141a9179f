// What kind of broker to start, and what is known of one that runs.

import type { BrokerCertificates } from './certificates.ts'

export interface BrokerOptions extends BrokerJvm {
  /** Of this broker alone: its data, settings and log. Made when it is not there; a folder of something else is refused. */
  readonly folder: string
  /** Of the plaintext listener on 127.0.0.1. Default: that of its last start, else a free one. */
  readonly port?: number
  /** Begins without the data of earlier starts; a broker that runs in the folder is stopped first. */
  readonly isFresh?: boolean
  /**
   * Adds listeners with TLS, client certificates and SASL, the users of `BROKER_USERS`, and an authorizer: alice may nothing until an
   * ACL lets her. Whoever comes by the plaintext listener may everything.
   */
  readonly isSecured?: boolean
  /** Listeners that tell clients a port of 127.0.0.1 other than their own, where a proxy may stand. Default 0. */
  readonly proxiedListeners?: number
  /** A further node of another broker's cluster, which has the controller. */
  readonly joins?: {
    /** Where the controller listens, on 127.0.0.1. */
    readonly controller: number
    /** From 2: the first broker is 1. */
    readonly node: number
  }
  /** Further settings of the broker, or others than its defaults here. */
  readonly settings?: Readonly<Record<string, string>>
  /** Where Kafka comes from. Default: jars that were fetched before, else a container where one runs, else jars of Maven Central. */
  readonly from?: BrokerOrigin
  /** The broker ends soon after this process has ended. */
  readonly ownerPid?: number
}

/** How the broker's JVM runs. */
export interface BrokerJvm {
  /** Default 512. */
  readonly heapMiB?: number
  /** As Kafka's own scripts start it, or so that it starts fast: for tests. Default: `starts-fast`. */
  readonly jvm?: 'starts-fast' | 'runs-fast'
}

export type BrokerOrigin = 'container' | 'jars'

/** A listener for clients that are told another port, and have to come through it. */
export interface ProxiedListener {
  /** Where the broker listens, as `host:port`. */
  readonly target: string
  /** What it tells clients; nobody listens there but a proxy. */
  readonly advertised: string
}

/** The listeners of a secured broker, each as `host:port`. */
export interface SecuredListeners {
  /** PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER, without encryption. */
  readonly saslPlaintext: string
  /** The same over TLS. */
  readonly saslSsl: string
  /** TLS with client certificates. */
  readonly ssl: string
  readonly certificates: BrokerCertificates
}

/** The users of a secured broker and their passwords, for PLAIN and SCRAM. OAUTHBEARER takes any unsecured token. */
export const BROKER_USERS = {
  /** May everything. */
  admin: 'admin-secret',
  alice: 'alice-secret',
} as const

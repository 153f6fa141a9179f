// What the brokers of a cluster can do, by the versions that they take and the features that they have agreed on.

import { FETCH_BY_ID } from '../protocol/fetch.ts'

/** What the cluster as a whole can do. */
export interface ClusterFeatures {
  /** The level of `transaction.version`: 2 is KIP-890's. */
  readonly transactionVersion: number
  /** Fetches name topics by their ids. */
  readonly hasTopicIds: boolean
}

/** What of a broker's answer to ApiVersions v3 says so. */
interface BrokerVersions {
  readonly apiKeys: readonly { readonly apiKey: number; readonly maxVersion: number }[]
  readonly finalizedFeatures?: readonly {
    readonly name: string
    readonly maxVersionLevel: number
  }[]
}

/** Requests whose versions decide it. */
const FETCH = 1
const PRODUCE = 0
const PRODUCE_JOINING = 12

export function featuresOf({ apiKeys, finalizedFeatures }: BrokerVersions): ClusterFeatures {
  const feature = finalizedFeatures?.find(f => f.name === 'transaction.version')
  const newest = new Map(apiKeys.map(k => [k.apiKey, k.maxVersion]))
  const has = (key: number, version: number): boolean => (newest.get(key) ?? 0) >= version
  return {
    transactionVersion: has(PRODUCE, PRODUCE_JOINING) ? (feature?.maxVersionLevel ?? 0) : 0,
    hasTopicIds: has(FETCH, FETCH_BY_ID),
  }
}

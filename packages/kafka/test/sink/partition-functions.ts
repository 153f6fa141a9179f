// Partitioners that scripts of tests name.

import type { PartitionedRecord } from '../../src/index.ts'

/** Odd numbers to the last partition; even ones to where their key's hash says. */
export const oddToLast = ({ row }: PartitionedRecord, partitions: number): number | undefined =>
  Number(row['n']) % 2 === 1 ? partitions - 1 : undefined

/** By the first byte of the key, else of the value. */
const byFirstByte = ({ key, value }: PartitionedRecord, partitions: number): number =>
  ((key ?? value)?.[0] ?? 0) % partitions

// biome-ignore lint/style/noDefaultExport: a script may name a module alone
export default byFirstByte

/** @public A script names it, though it is no function. */
export const noFunction = 3

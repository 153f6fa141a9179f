// The row types that are written for a script's views and queries.

import { expect, it } from 'vitest'
import { createConnectors, scriptTypes } from '../../src/index.ts'

const SCRIPT = `
CREATE TABLE flights (
  id BIGINT NOT NULL, origin STRING, delay INT, fare DECIMAL(10, 2), at_ TIMESTAMP(3), day_ DATE,
  tags ARRAY<STRING NOT NULL>, extra MAP<STRING, INT>, seat ROW<\`row\` INT NOT NULL, letter CHAR(1)>,
  raw_ BYTES, ok BOOLEAN NOT NULL, codes ARRAY<INT>
) WITH ('connector' = 'datagen');
CREATE VIEW late_flights AS SELECT id, origin, delay > 15 AS late FROM flights;
SELECT * FROM flights;
CREATE TEMPORARY VIEW lateFlights AS SELECT COUNT(*) AS n, SUM(fare) AS \`total fare\` FROM flights;
SELECT seat, at_ FROM flights;
`

it('names views and queries, and gives each column the type of its values', () => {
  const types = scriptTypes(SCRIPT, { connectors: createConnectors() }, 'flights.sql')
  expect(types).toMatchInlineSnapshot(`
    "// The rows of the views and queries of flights.sql. Written by "millrace types"; do not edit.

    import type { Big } from 'big.js'

    /** A row of the view late_flights. */
    export interface LateFlights {
      /** BIGINT NOT NULL */
      readonly id: bigint
      /** STRING */
      readonly origin: string | null
      /** BOOLEAN */
      readonly late: boolean | null
    }

    /** A row of the query at line 8. */
    export interface Query1 {
      /** BIGINT NOT NULL */
      readonly id: bigint
      /** STRING */
      readonly origin: string | null
      /** INT */
      readonly delay: number | null
      /** DECIMAL(10, 2) */
      readonly fare: Big | null
      /** TIMESTAMP(3) */
      readonly at_: number | null
      /** DATE */
      readonly day_: string | null
      /** ARRAY<STRING NOT NULL> */
      readonly tags: readonly string[] | null
      /** MAP<STRING, INT> */
      readonly extra: ReadonlyMap<string | null, number | null> | null
      /** ROW<\`row\` INT NOT NULL, \`letter\` CHAR(1)> */
      readonly seat: { readonly row: number; readonly letter: string | null } | null
      /** BYTES */
      readonly raw_: Uint8Array | null
      /** BOOLEAN NOT NULL */
      readonly ok: boolean
      /** ARRAY<INT> */
      readonly codes: readonly (number | null)[] | null
    }

    /** A row of the view lateFlights. */
    export interface LateFlights2 {
      /** BIGINT NOT NULL */
      readonly n: bigint
      /** DECIMAL(38, 2) */
      readonly "total fare": Big | null
    }

    /** A row of the query at line 10. */
    export interface Query2 {
      /** ROW<\`row\` INT NOT NULL, \`letter\` CHAR(1)> */
      readonly seat: { readonly row: number; readonly letter: string | null } | null
      /** TIMESTAMP(3) */
      readonly at_: number | null
    }
    "
  `)
})

it('gives an empty module for a script without any', () => {
  const types = scriptTypes("SET 'a' = 'b';", { connectors: createConnectors() }, 'x.sql')
  expect(types).toMatch(/\nexport \{\}\n$/)
})

it('writes rows that may be NULL in arrays, and names that mean something already', () => {
  const script = `
    CREATE TABLE t (a ARRAY<ROW<x INT>>, b ARRAY<ARRAY<INT NOT NULL> NOT NULL>, c ARRAY<MAP<INT NOT NULL, INT> NOT NULL>)
      WITH ('connector' = 'datagen');
    CREATE VIEW \`big*/\` AS SELECT * FROM t;`
  expect(scriptTypes(script, { connectors: createConnectors() }, 't.sql')).toMatchInlineSnapshot(`
    "// The rows of the views and queries of t.sql. Written by "millrace types"; do not edit.

    /** A row of the view big* /. */
    export interface Big2 {
      /** ARRAY<ROW<\`x\` INT>> */
      readonly a: readonly ({ readonly x: number | null } | null)[] | null
      /** ARRAY<ARRAY<INT NOT NULL> NOT NULL> */
      readonly b: readonly (readonly number[])[] | null
      /** ARRAY<MAP<INT NOT NULL, INT> NOT NULL> */
      readonly c: readonly ReadonlyMap<number, number | null>[] | null
    }
    "
  `)
})

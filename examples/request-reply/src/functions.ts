// What the service does with a request.

import { asyncFunction, t, type Table, value } from 'millrace'

/** The fields of a request, and the headers of its record, which go into the reply as they are. */
export const request = {
  customer: t.string(),
  product: t.string(),
  headers: t.map(t.string(), t.bytes()),
}

/** Tells of each request the how manieth of its customer it is: state, which outlives the process. */
export const numbered = (requests: Table<typeof request>) =>
  requests
    .stream()
    .keyBy('customer')
    .process({
      name: 'requests by customer',
      state: { asked: value(t.int()) },
      output: { ...request, nth: t.int() },
      onEvent({ customer, product, headers }, { state, emit }) {
        const nth = (state.asked.get() ?? 0) + 1
        state.asked.set(nth)
        emit({ customer, product, headers, nth })
      },
    })
    .toTable()

/** Asks the catalogue, three times if need be; then the request is a dead letter. */
export const price = asyncFunction({
  args: [t.string()],
  returns: t.double(),
  timeout: '2s',
  retry: { attempts: 3, delay: '20ms' },
  eval: product => askCatalogue(product),
})

const PRICES: Readonly<Record<string, number>> = { tea: 4.5, coffee: 8.25, jam: 3 }
const asked = new Set<string>()

/** Stands for a service elsewhere, which has its moods: the first time that it is asked for anything, it is busy. */
async function askCatalogue(product: string): Promise<number> {
  if (!asked.has(product)) {
    asked.add(product)
    throw new Error('the catalogue is busy')
  }
  if (!Object.hasOwn(PRICES, product)) throw new Error(`the catalogue has no ${product}`)
  return PRICES[product] as number
}

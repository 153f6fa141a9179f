// The function of fraud.sql.

import { scalarFunction, t } from 'millrace'

const EARTH_KM = 6_371
const RADIANS = Math.PI / 180

/** Whole km along the great circle between two places, in degrees. */
export function kmBetween(
  latitude: number,
  longitude: number,
  toLatitude: number,
  toLongitude: number,
): number {
  const halfWay = (from: number, to: number) => Math.sin(((to - from) * RADIANS) / 2) ** 2
  const a =
    halfWay(latitude, toLatitude) +
    Math.cos(latitude * RADIANS) * Math.cos(toLatitude * RADIANS) * halfWay(longitude, toLongitude)
  return Math.round(2 * EARTH_KM * Math.asin(Math.sqrt(a)))
}

/** As a function of SQL; NULL where any place is. */
export const distanceKm = scalarFunction({
  args: [t.double(), t.double(), t.double(), t.double()],
  returns: t.int(),
  eval: kmBetween,
})

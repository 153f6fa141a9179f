// Places on a disc around one of them: directions are true, distances stand by their square root so that near ones do not crowd.

export interface LatLon {
  /** Degrees. */
  readonly latitude: number
  readonly longitude: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** Mean radius of the earth, km. */
const EARTH_KM = 6_371

const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** The way along the great circle: km, and the direction that it starts in, radians clockwise from north. */
export function wayFrom(
  from: LatLon,
  to: LatLon,
): { readonly km: number; readonly bearing: number } {
  const [a, b] = [radians(from.latitude), radians(to.latitude)]
  const turn = radians(to.longitude - from.longitude)
  const haversine = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(turn / 2) ** 2
  const km = 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(haversine)))
  const east = Math.sin(turn) * Math.cos(b)
  const north = Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b) * Math.cos(turn)
  return { km, bearing: Math.atan2(east, north) }
}

/** Where places are on a disc of a radius whose rim is `mostKm` away from its centre. */
export function discAround(centre: LatLon, mostKm: number, radius: number) {
  const distance = (km: number): number => radius * Math.sqrt(km / mostKm)
  return {
    /** The radius of the ring of this distance. */
    ring: distance,
    place(to: LatLon): Point {
      const { km, bearing } = wayFrom(centre, to)
      return { x: Math.sin(bearing) * distance(km), y: -Math.cos(bearing) * distance(km) }
    },
  }
}

/** The middle of places that lie close together. */
export function middleOf(places: readonly LatLon[]): LatLon {
  const mean = (pick: (p: LatLon) => number) =>
    places.reduce((sum, p) => sum + pick(p), 0) / Math.max(1, places.length)
  return { latitude: mean(p => p.latitude), longitude: mean(p => p.longitude) }
}

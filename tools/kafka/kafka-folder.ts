// Where the broker of `npm run kafka:up` keeps its data, when no folder is given.

import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..', '..')

/** A folder of the working copy that git ignores. */
export const KAFKA_FOLDER = join(ROOT, '.millrace', 'kafka')

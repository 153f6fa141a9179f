// Fetches the schema registry that tests start, so that none of them has to wait for it.

import { registryJar } from '@millrace/testing'

console.log(await registryJar())

// Says in one line which Node the scripts need, where neither the pinned one nor the user's own is new enough.
import { isSupportedNode, nodeTooOldMessage } from '../packages/cli/bin/node-version.mjs'

if (!isSupportedNode(process.versions.node)) {
  console.error(nodeTooOldMessage(process.versions.node))
  process.exit(1)
}

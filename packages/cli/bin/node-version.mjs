// Which Node runs Millrace. Plain JavaScript that even an old Node parses, since it is asked before anything else loads.

const REQUIRED = [22, 18]

/**
 * Whether this version of Node runs TypeScript sources without a flag, and so Millrace.
 * @param {string} version such as `22.18.0`
 */
export function isSupportedNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > REQUIRED[0] || (major === REQUIRED[0] && minor >= REQUIRED[1])
}

/**
 * The one line that a too old Node gets.
 * @param {string} version such as `20.1.0`
 */
export function nodeTooOldMessage(version) {
  return `MR_NODE_TOO_OLD: Millrace needs Node ${REQUIRED.join('.')} or later, this is ${version}. Get it from https://nodejs.org or with "nvm install 24".`
}

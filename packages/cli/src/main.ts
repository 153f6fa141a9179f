// The command `millrace`: runs what the process's arguments say.

import { runCommandLine } from './command-line.ts'

process.exitCode = await runCommandLine(process.argv.slice(2))

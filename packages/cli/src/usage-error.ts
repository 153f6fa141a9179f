// The error of a command line that cannot be understood.

/** Printed as it is, without a stack; exit code 1. */
export class UsageError extends Error {
  constructor(message: string) {
    super(`${message} See "millrace --help".`)
    this.name = 'UsageError'
  }
}

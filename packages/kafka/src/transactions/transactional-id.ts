// What the brokers know the producer of a program's transactions by.

/** @param prefix of the option `sink.transactional-id-prefix` */
export function transactionalIdOf(program: string, prefix: string | undefined): string {
  return `${prefix ?? program}-0`
}

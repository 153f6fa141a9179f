// How a built-in function is called, from the reference, which is loaded when it is first asked for.

/** Its forms, a line each, such as `SUBSTRING(text, start [, length])`; none of a name that is no built-in function. */
export async function functionForms(name: string): Promise<readonly string[]> {
  const { functionPages } = await import('../sql/reference/function-pages.ts')
  return functionPages().find(page => page.names.includes(name.toUpperCase()))?.forms ?? []
}

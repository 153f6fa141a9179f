// .proto files: parsed with what they import, and the message that records are of.

import protobuf from 'protobufjs'
import descriptor from 'protobufjs/ext/descriptor.js'

/** A text that is no .proto file, or lacks what is asked of it. */
export class ProtoFileProblem extends Error {
  override readonly name = 'ProtoFileProblem'
}

export interface ProtoFile {
  readonly root: protobuf.Root
  /** Messages at the top of the file, in its order; by their full names. */
  readonly messages: readonly string[]
}

const SETTINGS = { keepCase: true }
/** No .proto file is without any other sign. */
const BASE64 = /^[A-Za-z0-9+/\s]+=*\s*$/

/** @param dependencies those that it imports, what others import before them. @throws {ProtoFileProblem} */
export function parseProtoFile(
  text: string,
  dependencies: readonly { readonly name: string; readonly text: string }[] = [],
): ProtoFile {
  try {
    const root = new protobuf.Root()
    const known = new Set<string>()
    const add = (file: string, own: string): void => {
      known.add(file)
      for (const name of addFile(root, own).imports) addWellKnown(root, name, known)
    }
    for (const { name, text: own } of dependencies) add(name, own)
    add('', text)
    root.resolveAll()
    // Alone, the file shows which of the messages are its own.
    const alone = new protobuf.Root()
    const { scope } = addFile(alone, text)
    const inside = scope ? alone.lookup(scope) : alone
    const messages = (inside as protobuf.Namespace).nestedArray
      .filter(one => one instanceof protobuf.Type)
      .map(one => one.fullName.slice(1))
    return { root, messages }
  } catch (error) {
    throw new ProtoFileProblem((error as Error).message)
  }
}

interface AddedFile {
  readonly imports: readonly string[]
  /** Its package. */
  readonly scope: string | undefined
}

/** @param file its text, or as some programs register it a serialized FileDescriptorProto in base64 */
function addFile(root: protobuf.Root, file: string): AddedFile {
  if (!BASE64.test(file)) {
    const { imports, package: scope } = protobuf.parse(file, root, SETTINGS)
    return { imports: imports ?? [], scope: scope ?? undefined }
  }
  const read = descriptor.FileDescriptorProto.decode(Buffer.from(file, 'base64'))
  const { dependency, package: scope } = descriptor.FileDescriptorProto.toObject(read) as {
    readonly dependency?: readonly string[]
    readonly package?: string
  }
  root.addJSON(protobuf.Root.fromDescriptor({ file: [read] } as never).toJSON().nested ?? {})
  return { imports: dependency ?? [], scope }
}

/** What ships with the language need not be registered. */
function addWellKnown(root: protobuf.Root, name: string, known: Set<string>): void {
  if (known.has(name)) return
  const file = protobuf.common.get(name)
  if (!file) {
    if (name.startsWith('google/protobuf/')) throw new ProtoFileProblem(`"${name}" is not known`)
    return
  }
  known.add(name)
  root.addJSON(file.nested ?? {})
}

/** A message by its name; by default the file's first. @throws {ProtoFileProblem} */
export function messageOf({ root, messages }: ProtoFile, name = messages[0]): protobuf.Type {
  if (name === undefined) throw new ProtoFileProblem('it has no message')
  try {
    return root.lookupType(name)
  } catch {
    throw new ProtoFileProblem(`it has no message "${name}"`)
  }
}

/** The message that a path of indexes leads to: among those of the file, then among those in each. */
export function messageAt(file: ProtoFile, path: readonly number[]): protobuf.Type {
  const [first = 0, ...rest] = path
  let found = file.messages[first] === undefined ? undefined : messageOf(file, file.messages[first])
  for (const index of rest)
    found = found?.nestedArray.filter(one => one instanceof protobuf.Type)[index]
  if (found) return found
  throw new ProtoFileProblem(`it has no message at ${path.join('.')}`)
}

/** The path to a message of the file. */
export function pathTo(file: ProtoFile, message: protobuf.Type): readonly number[] {
  const own = file.messages.indexOf(message.fullName.slice(1))
  if (own >= 0) return [own]
  const { parent } = message
  if (!(parent instanceof protobuf.Type))
    throw new ProtoFileProblem(`message "${message.fullName.slice(1)}" is in another file`)
  const among = parent.nestedArray.filter(one => one instanceof protobuf.Type)
  return [...pathTo(file, parent), among.indexOf(message)]
}

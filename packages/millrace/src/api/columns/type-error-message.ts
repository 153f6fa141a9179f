// Type failures that speak: what a wrong argument is compared with, so that the compiler prints the sentence.

declare const message: unique symbol

/** No value has this type; the compiler shows `Text` where one was given. */
export interface TypeErrorMessage<Text extends string> {
  readonly [message]: Text
}

/** The members of a union of strings as `"a" | "b"` cannot be spelled at the type level; this names one of them. */
export type UnknownColumnMessage<Name> = TypeErrorMessage<`Unknown column "${Name & string}"`>

// BIN, HEX, UNHEX: numbers and bytes in other radices.

import { formatType, isCharacter, isInteger, types } from '../../types/data-type.ts'
import type { Hybrid } from '../../types/value.ts'
import { problem, strict } from '../binding.ts'
import type { ScalarFunction } from '../function-definition.ts'
import { simpleFunction } from '../scalar-function.ts'

/** The digits of a 64-bit two's complement number. */
function unsignedDigits(value: Hybrid, radix: 2 | 16): string {
  return BigInt.asUintN(64, BigInt(value)).toString(radix).toUpperCase()
}

export const bin = simpleFunction({
  name: 'BIN',
  group: 'arithmetic',
  summary: 'The binary digits of an integer, of a negative one all 64.',
  examples: [['BIN(4)', "'100'"]],
  takes: ['bigint'],
  returns: types.string,
  evaluate: (x: Hybrid) => unsignedDigits(x, 2),
})

const encoder = new TextEncoder()

export const hex: ScalarFunction = {
  kind: 'scalar',
  name: 'HEX',
  docs: {
    group: 'arithmetic',
    summary:
      'The hexadecimal digits, in upper case, of an integer or of the UTF-8 bytes of a text.',
    examples: [
      ['HEX(17)', "'11'"],
      ["HEX('abc')", "'616263'"],
    ],
  },
  resolve(args) {
    const [arg] = args
    if (arg === undefined || args.length !== 1) return problem('needs one argument')
    if (isCharacter(arg.type)) {
      return strict(args, {
        parameters: [types.string],
        returns: types.string,
        evaluate: (text: string) =>
          Array.from(encoder.encode(text), b => b.toString(16).padStart(2, '0'))
            .join('')
            .toUpperCase(),
      })
    }
    if (!isInteger(arg.type) && arg.type.kind !== 'null')
      return problem(`needs an integer or a STRING, not ${formatType(arg.type)}`)
    return strict(args, {
      parameters: [types.bigint],
      returns: types.string,
      evaluate: (x: Hybrid) => unsignedDigits(x, 16),
    })
  },
}

export const unhex = simpleFunction({
  name: 'UNHEX',
  group: 'arithmetic',
  summary: 'The bytes that hexadecimal digits spell; NULL when one is no digit.',
  examples: [["UNHEX('616263')", "x'616263'"]],
  takes: ['text'],
  returns: types.bytes,
  mayReturnNull: true,
  evaluate(text: string) {
    if (!/^[0-9a-fA-F]*$/.test(text)) return null
    // Of an odd number of digits Flink takes the first for a byte of zero.
    const even = text.length % 2 === 0 ? text : `00${text.slice(1)}`
    return Uint8Array.from(even.match(/../g) ?? [], pair => Number.parseInt(pair, 16))
  },
})

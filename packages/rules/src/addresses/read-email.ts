import type { ReadAddress } from './read-address.ts'

// One @, something on both sides, no white space, quotes, angle brackets, controls or commas: what RFC 5321 allows beyond it no mailbox of a person has.
const shape =
  /^[^\s@<>"',;:\\()[\]\p{Cc}\p{Cf}]{1,64}@[^\s@<>"',;:\\()[\]\p{Cc}\p{Cf}]{1,190}\.[^\s@<>"',;:\\()[\].\p{Cc}\p{Cf}]{2,63}$/u

export function readEmail(typed: string): ReadAddress {
  const value = typed.replace(/^mailto:/i, '')
  return shape.test(value) ? { ok: true, value, key: value.toLowerCase() } : { ok: false, refusal: 'malformed' }
}

import type { Shifts } from './gsm-text.ts'

/** Which part of what this is (3GPP TS 23.040 §9.2.3.24.1 and .8). `part` counts from 1. */
export interface Concatenation {
  reference: number
  total: number
  part: number
}

export interface UserDataHeader {
  concatenation: Concatenation | null
  shifts: Shifts
  /** Written to a program on the phone (a ring tone, a business card), not to its owner: the destination port. */
  port: number | null
}

export type HeaderReading =
  | { ok: true; header: UserDataHeader; rest: Uint8Array }
  /** The header says to be longer than the message, or an element longer than the header. */
  | { ok: false }

/** Reads the header that stands before the text, its first byte being its length (§9.2.3.24). Unknown elements are passed over. */
export function readUserDataHeader(bytes: Uint8Array): HeaderReading {
  const length = bytes[0]
  if (length === undefined || 1 + length > bytes.length) return { ok: false }
  const header: UserDataHeader = { concatenation: null, shifts: { locking: null, single: null }, port: null }
  for (let at = 1; at < 1 + length; ) {
    const id = bytes[at]
    const size = bytes[at + 1]
    if (id === undefined || size === undefined || at + 2 + size > 1 + length) return { ok: false }
    takeElement(header, id, bytes.subarray(at + 2, at + 2 + size))
    at += 2 + size
  }
  return { ok: true, header, rest: bytes.subarray(1 + length) }
}

function takeElement(header: UserDataHeader, id: number, [a = 0, b = 0, c = 0, d = 0]: Uint8Array): void {
  if (id === 0x00) header.concatenation = concatenationOf(a, b, c)
  // A reference of 16 bits is another one than the same number in 8.
  else if (id === 0x08) header.concatenation = concatenationOf(0x10000 + a * 256 + b, c, d)
  else if (id === 0x04) header.port = a
  else if (id === 0x05) header.port = a * 256 + b
  else if (id === 0x24) header.shifts.single = a
  else if (id === 0x25) header.shifts.locking = a
}

/** §9.2.3.24.1: an element whose numbers make no sense is ignored. */
export function concatenationOf(reference: number, total: number, part: number): Concatenation | null {
  return total > 0 && part > 0 && part <= total ? { reference, total, part } : null
}

/** With an 8-bit reference: what every phone knows. */
export function writeConcatenation({ reference, total, part }: Concatenation): Uint8Array {
  return Uint8Array.of(5, 0x00, 3, reference & 0xff, total, part)
}

import { defaultAlphabet, defaultExtension, lockingTables, singleShiftTables } from './gsm-tables.ts'

const ESCAPE = 0x1b

const codes = new Map<string, readonly number[]>()
for (const [code, character] of [...defaultAlphabet].entries()) if (code !== ESCAPE) codes.set(character, [code])
for (const [code, character] of defaultExtension) codes.set(character, [ESCAPE, code])

/** The codes of one character, one or two (with ESC); undefined when the alphabet has it not. */
export function gsmCodes(character: string): readonly number[] | undefined {
  return codes.get(character)
}

/** One code in each byte, as SMPP carries it (not packed into septets). Every character must be in the alphabet. */
export function encodeGsm(text: string): Uint8Array {
  const bytes: number[] = []
  for (const character of text) {
    const found = codes.get(character)
    if (!found) throw new Error('a character that the GSM alphabet has not was taken for one of it')
    bytes.push(...found)
  }
  return Uint8Array.from(bytes)
}

/** National tables by their identifiers; null for the usual ones. */
export interface Shifts {
  locking: number | null
  single: number | null
}

/**
 * §6.2.1: one code in each byte. A code after ESC that its table has not is read in the alphabet itself, as the standard asks; a table that
 * is not known here is read as the usual one; the eighth bit is not part of a code.
 */
export function decodeGsm(bytes: Uint8Array, { locking, single }: Shifts = { locking: null, single: null }): string {
  const alphabet = (locking === null ? undefined : lockingTables.get(locking)) ?? defaultAlphabet
  const extension = (single === null ? undefined : singleShiftTables.get(single)) ?? defaultExtension
  let text = ''
  let isEscaped = false
  for (const byte of bytes) {
    const code = byte & 0x7f
    if (!isEscaped && code === ESCAPE) {
      isEscaped = true
      continue
    }
    const character = isEscaped && code === ESCAPE ? ' ' : alphabet[code]
    text += (isEscaped ? extension.get(code) : undefined) ?? character ?? ''
    isEscaped = false
  }
  return text
}

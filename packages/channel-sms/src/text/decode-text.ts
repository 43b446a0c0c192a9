import { decodeGsm, type Shifts } from './gsm-text.ts'

/** How the SMSC means data coding 0, its own default (SMPP 3.4 §5.2.19). */
export type DefaultAlphabet = 'gsm' | 'latin1'

export type Decoded = { kind: 'text'; text: string } | { kind: 'binary' }

/** What a data coding says the bytes are, by the tables of SMPP 3.4 §5.2.19 and, from 0x10 on, of 3GPP TS 23.038 §4. */
export function decodeText(
  dataCoding: number,
  bytes: Uint8Array,
  { shifts, defaultAlphabet }: { shifts: Shifts; defaultAlphabet: DefaultAlphabet },
): Decoded {
  const charset = charsetOf(dataCoding, shifts, defaultAlphabet)
  if (charset === 'binary') return decodeUnnamed(bytes)
  // An eighth bit is no part of the GSM alphabet: such an SMSC means Latin-1.
  const isGsm = charset === 'gsm' && !bytes.some((byte) => byte > 0x7f)
  if (isGsm) return { kind: 'text', text: decodeGsm(bytes, shifts) }
  if (charset === 'gsm' || charset === 'latin1') return { kind: 'text', text: Buffer.from(bytes).toString('latin1') }
  return { kind: 'text', text: new TextDecoder(charset, { ignoreBOM: true }).decode(bytes) }
}

type Charset =
  | 'gsm'
  | 'latin1'
  | 'binary'
  | 'utf-16be'
  | 'shift_jis'
  | 'iso-8859-5'
  | 'iso-8859-8'
  | 'iso-2022-jp'
  | 'euc-kr'

const named: Readonly<Record<number, Charset>> = {
  1: 'latin1',
  2: 'binary',
  3: 'latin1',
  4: 'binary',
  5: 'shift_jis',
  6: 'iso-8859-5',
  7: 'iso-8859-8',
  8: 'utf-16be',
  9: 'shift_jis',
  10: 'iso-2022-jp',
  13: 'iso-2022-jp',
  14: 'euc-kr',
}

function charsetOf(dataCoding: number, shifts: Shifts, defaultAlphabet: DefaultAlphabet): Charset {
  // A national table can only mean the GSM alphabet.
  if (dataCoding === 0) return (shifts.locking ?? shifts.single) ? 'gsm' : defaultAlphabet
  if (dataCoding < 0x10) return named[dataCoding] ?? 'binary'
  const group = dataCoding >> 4
  // Message waiting, in UCS-2 or not; message class, 8-bit or not; general data coding, whose bits 3 and 2 name the alphabet.
  if (group === 0xe) return 'utf-16be'
  if (group === 0xc || group === 0xd) return 'gsm'
  if (group === 0xf) return dataCoding & 0x04 ? 'binary' : 'gsm'
  const alphabet = (dataCoding >> 2) & 0x03
  return alphabet === 2 ? 'utf-16be' : alphabet === 1 ? 'binary' : 'gsm'
}

/** Programs send UTF-8 as "8-bit data": what reads as such is a text, and everything else is not one. */
function decodeUnnamed(bytes: Uint8Array): Decoded {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what holds them is no text
    return /[\u0000-\u0008\u000e-\u001f\u007f]/.test(text) ? { kind: 'binary' } : { kind: 'text', text }
  } catch {
    return { kind: 'binary' }
  }
}

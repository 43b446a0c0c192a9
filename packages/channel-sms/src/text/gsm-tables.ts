/**
 * The alphabets of 3GPP TS 23.038, by their codes. A locking table stands for all 128 codes (ESC, 0x1B, is a blank place: what follows it
 * is read in a single shift table); a single shift table holds the few codes that mean something after ESC.
 */
export const defaultAlphabet =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'

const turkishAlphabet =
  '@£$¥€éùıòÇ\nĞğ\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bŞşßÉ !"#¤%&\'()*+,-./0123456789:;<=>?İABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§çabcdefghijklmnopqrstuvwxyzäöñüà'

const portugueseAlphabet =
  '@£$¥êéúíóç\nÔô\rÁáΔ_ªÇÀ∞^\\€Ó|\u001bÂâÊÉ !"#º%&\'()*+,-./0123456789:;<=>?ÍABCDEFGHIJKLMNOPQRSTUVWXYZÃÕÚÜ§~abcdefghijklmnopqrstuvwxyzãõ`üà'

/** §6.2.1.1: after ESC. */
export const defaultExtension: ReadonlyMap<number, string> = new Map([
  [0x0a, '\f'],
  [0x14, '^'],
  [0x28, '{'],
  [0x29, '}'],
  [0x2f, '\\'],
  [0x3c, '['],
  [0x3d, '~'],
  [0x3e, ']'],
  [0x40, '|'],
  [0x65, '€'],
])

const turkishExtension = extended('0x47 Ğ 0x49 İ 0x53 Ş 0x63 ç 0x67 ğ 0x69 ı 0x73 ş')
const spanishExtension = extended('0x09 ç 0x41 Á 0x49 Í 0x4f Ó 0x55 Ú 0x61 á 0x69 í 0x6f ó 0x75 ú')
const portugueseExtension = extended(
  '0x05 ê 0x09 ç 0x0b Ô 0x0c ô 0x0e Á 0x0f á 0x12 Φ 0x13 Γ 0x15 Ω 0x16 Π 0x17 Ψ 0x18 Σ 0x19 Θ 0x1f Ê 0x41 À 0x49 Í 0x4f Ó 0x55 Ú 0x5b Ã 0x5c Õ 0x61 Â 0x69 í 0x6f ó 0x75 ú 0x7b ã 0x7c õ 0x7f â',
)

/** By national language identifier (§6.2.1.2.4), as the header elements 0x25 and 0x24 of TS 23.040 name it. */
export const lockingTables: ReadonlyMap<number, string> = new Map([
  [1, turkishAlphabet],
  [3, portugueseAlphabet],
])

export const singleShiftTables: ReadonlyMap<number, ReadonlyMap<number, string>> = new Map([
  [1, turkishExtension],
  [2, spanishExtension],
  [3, portugueseExtension],
])

/** The usual extension with what a language puts beside it or in its place. */
function extended(pairs: string): ReadonlyMap<number, string> {
  const table = new Map(defaultExtension)
  const words = pairs.split(' ')
  for (let at = 0; at < words.length; at += 2) table.set(Number(words[at]), words[at + 1] ?? '')
  return table
}

/** The text with the digits of Arabic, Persian and other scripts as 0 to 9, and their separators as point and comma. */
export function plainDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\p{Nd}/gu, (digit) => String(digitValue(digit)))
    .replaceAll('٫', '.')
    .replaceAll('٬', "'")
    .replaceAll(/[−–](?=\d)/gu, '-')
}

/** Digits of a script stand in a row of ten, zero first (Unicode 4.6): so the zero is found by going back while there are digits. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0
  if (code < 0x80) return code - 0x30
  for (let value = 0; value < 10; value += 1) {
    if (!/\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) return value
  }
  return (code - 0x660) % 10
}

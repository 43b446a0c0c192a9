/**
 * A message has one id in the answer to its submission and may have it in another form in the receipt: hexadecimal there and decimal here, or
 * the other way round, in capitals, with zeros before it. All forms that one id can have, the likeliest first.
 */
export function idsToTry(id: string): string[] {
  const forms = [id]
  if (/^\d{1,20}$/.test(id)) {
    const number = BigInt(id)
    const hex = number.toString(16)
    forms.push(hex, hex.toUpperCase(), hex.padStart(8, '0'), hex.toUpperCase().padStart(8, '0'), number.toString())
    forms.push(number.toString().padStart(10, '0'))
  }
  if (/^[0-9a-f]{1,16}$/i.test(id)) {
    const number = BigInt(`0x${id}`)
    forms.push(number.toString(), number.toString().padStart(10, '0'))
  }
  forms.push(id.toLowerCase(), id.toUpperCase())
  return [...new Set(forms)]
}

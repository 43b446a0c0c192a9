import type { IdentitySpan } from './identity-span.ts'

/** Bank accounts (ISO 13616): a country, its length, the check (mod 97); with blanks or hyphens anywhere between the signs. */
export function findIbans(text: string): IdentitySpan[] {
  const found: IdentitySpan[] = []
  for (const { index, 0: start } of text.matchAll(START)) {
    const length = LENGTHS.get(start.slice(0, 2).toUpperCase())
    const account = length === undefined ? null : readSigns(text, index, length)
    if (account && passesMod97(account.value))
      found.push({ from: index, to: account.to, kind: 'iban', value: account.value })
  }
  return found
}

const START = /(?<![\p{L}\p{N}])[a-z]{2} ?\d{2}(?=[ -]?[a-z0-9])/giu

function readSigns(text: string, from: number, length: number): { to: number; value: string } | null {
  let value = ''
  let at = from
  while (value.length < length) {
    const sign = text[at] ?? ''
    if (/[a-z0-9]/i.test(sign)) value += sign.toUpperCase()
    else if (!/[ -]/.test(sign) || !/[a-z0-9]/i.test(text[at - 1] ?? '')) return null
    at++
  }
  return /[\p{L}\p{N}]/u.test(text[at] ?? '') ? null : { to: at, value }
}

function passesMod97(account: string): boolean {
  let rest = 0
  for (const sign of account.slice(4) + account.slice(0, 4)) {
    const value = Number.parseInt(sign, 36)
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97
  }
  return rest === 1
}

// The IBAN registry's lengths.
const LENGTHS = new Map(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22
  GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20
  MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24
  TR26 UA29 VA22 VG24 XK20 YE30`
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
)

import type { Line } from './lines.ts'
import { clientFooter, closingFormula, disclaimer } from './mail-words.ts'

type Appendix = { first: number; why: 'signature' | 'disclaimer' }

const CONTACT =
  /(?:https?:\/\/|www\.)\S|\S@\S+\.\S|(?:\+|\b00|\(0?\d)[\d\s()./-]{6,}|\b(?:tel|phone|mobile|cell|fax|mob|telefon|téléphone|teléfono|telefone|telefono|handy|direct|office)\b.{0,4}[:.]?\s*[+(]?\d|\d{3}[\s.-]\d{3}[\s.-]\d{4}/iu

/**
 * What a mail program added below the writer's words in lines [first, after): a delimited signature, "Sent from my …",
 * a closing with contact details, a confidentiality notice, a list's footer. One a call, from the end; undefined when the
 * end is the writer's own. A bare "Thanks, Bo" was typed and stays.
 */
export function findAppendix(lines: Line[], first: number, after: number): Appendix | undefined {
  return (
    phoneFooter(lines, first, after) ??
    delimited(lines, first, after) ??
    notice(lines, first, after) ??
    contactBlock(lines, first, after)
  )
}

function phoneFooter(lines: Line[], first: number, after: number): Appendix | undefined {
  // It is the last line, or two when the link was wrapped.
  for (let row = after - 1, seen = 0; row >= first && seen < 3; row--) {
    const line = lines[row]
    if (!line || line.isBlank) continue
    seen++
    if (line.text.length <= 160 && clientFooter.test(line.text)) return { first: row, why: 'signature' }
    if (seen > 1 && line.text.length > 60) break
  }
  return undefined
}

function delimited(lines: Line[], first: number, after: number): Appendix | undefined {
  for (let row = after - 1, said = 0; row >= first && said <= 24; row--) {
    const line = lines[row]
    if (!line) break
    // "-- " is the standard delimiter (RFC 3676 §4.3); many programs lose its space, and some draw a longer rule. But people draw
    // rules between their own paragraphs too: the looser the delimiter, the more what follows must look like a signature.
    const isRule = /^(?:-{2,4}|_{2,}|-{20,})$/.test(line.text)
    if (line.text === '--' && (line.to - line.from === 3 || said === 0)) return { first: row, why: 'signature' }
    if (isRule && said > 0 && isListFooter(lines, row, after)) return { first: row, why: 'disclaimer' }
    const below = lines.slice(row + 1, after)
    const isShort = said <= 8 && below.every(({ text }) => text.length <= 80)
    if (isRule && said > 0 && isShort && (line.text === '--' || below.some(({ text }) => CONTACT.test(text)))) {
      return { first: row, why: 'signature' }
    }
    if (!line.isBlank) said++
  }
  return undefined
}

function isListFooter(lines: Line[], first: number, after: number): boolean {
  const text = lines
    .slice(first, after)
    .map((line) => line.text)
    .join(' ')
  return /mailing list|unsubscribe|listinfo|list archives?/i.test(text)
}

/** A paragraph in the tone of lawyers, at the very end. */
function notice(lines: Line[], first: number, after: number): Appendix | undefined {
  let start = after
  while (start > first && !lines[start - 1]?.isBlank) start--
  // Without anything above it, it is what the person sends.
  if (start === first) return undefined
  const text = lines
    .slice(start, after)
    .map((line) => line.text)
    .join(' ')
    .slice(0, 4096)
  if (text.length < 120 || !disclaimer.test(text)) return undefined
  const above = lines[start - 2]
  return { first: above && /^[-_*=]{3,}$/.test(above.text) ? start - 2 : start, why: 'disclaimer' }
}

/** "Kind regards" and below it a name with telephone, address or site, short lines all, down to the end. */
function contactBlock(lines: Line[], first: number, after: number): Appendix | undefined {
  let hasContact = false
  for (let row = after - 1, said = 0; row >= first && said <= 12; row--) {
    const line = lines[row]
    if (!line || line.isBlank) continue
    if (hasContact && said > 0 && closingFormula.test(line.text)) return { first: row, why: 'signature' }
    if (line.text.length > 90) return undefined
    if (CONTACT.test(line.text)) hasContact = true
    said++
  }
  return undefined
}

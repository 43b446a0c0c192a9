import { isMailProvider, isTopLevel } from './domains.ts'
import type { IdentitySpan } from './identity-span.ts'

/**
 * Mail addresses and JIDs: written plainly, with blanks ("joe @ example . com"), with words for the signs ("joe (at) example [dot] com",
 * "joe arroba ejemplo punto es") or percent-encoded. Every look to either side has a bound, so the work grows with the text only.
 */
export function findEmails(text: string): IdentitySpan[] {
  const found: IdentitySpan[] = []
  for (const sign of text.matchAll(AT)) {
    const span = around(text, sign.index, sign.index + sign[0].length, howWritten(sign[0]))
    if (span) found.push(span)
  }
  return found
}

/** `sign`: an @; `bracketed`: "(at)", written to mislead; `word`: " at ", mostly a word like any other. */
type Written = 'sign' | 'bracketed' | 'word'

const AT =
  /@|%40|[([{<] ?(?:at|ät|a|arroba|arobase|chiocciola|klammeraffe|małpa|malpa|собака|kukac|@) ?[)\]}>]|(?<=\s)(?:at|ät|arroba|arobase|chiocciola|klammeraffe|małpa|malpa|собака|kukac)(?=\s)/giu

const howWritten = (sign: string): Written =>
  sign === '@' || sign === '%40' ? 'sign' : /^[([{<]/.test(sign) ? 'bracketed' : 'word'

function around(text: string, signFrom: number, signTo: number, written: Written): IdentitySpan | null {
  const localTo = backOverBlanks(text, signFrom)
  const domainFrom = overBlanks(text, signTo)
  const isApart = localTo !== signFrom || domainFrom !== signTo
  const domain = readDomain(text, domainFrom, written === 'sign' && !isApart)
  if (!domain) return null
  if (isApart || written !== 'sign') {
    if (domain.labels.length > 1 && !isTopLevel(domain.labels.at(-1) ?? '')) return null
  }
  const name = domain.labels.join('.')
  if (written === 'word' && ENGLISH.test(text.slice(signFrom, domain.to))) return null
  // "Look at example.com" is no address; "joe at example dot com" and "joe at gmail.com" are.
  if (written === 'word' && !domain.spelled && !(domain.labels.length > 1 && isMailProvider(name))) return null
  if (domain.labels.length < 2 && !isMailProvider(name)) return null
  const local = readLocal(text, localTo)
  if (!local) return null
  return { from: local.from, to: domain.to, kind: 'email', value: `${local.value}@${name}`.toLowerCase() }
}

type Domain = { readonly to: number; readonly labels: readonly string[]; readonly spelled: boolean }

function readDomain(text: string, from: number, isPlain: boolean): Domain | null {
  const label = isLatin(text, from) ? LATIN_LABEL : ANY_LABEL
  const labels: { name: string; to: number; spelled: boolean }[] = []
  let at = from
  let spelled = false
  while (labels.length < 12) {
    label.lastIndex = at
    const name = label.exec(text)?.[0].replace(/-+$/, '')
    if (!name) break
    at += name.length
    labels.push({ name, to: at, spelled })
    DOT.lastIndex = at
    const dot = DOT.exec(text)?.[0]
    if (!dot) break
    if (dot !== '.') spelled = true
    at += dot.length
  }
  // A sentence may begin right behind the address: end at the last label that can end a domain.
  const known = labels.findLastIndex((part, i) => i > 0 && isTopLevel(part.name))
  const count = known > 0 ? known + 1 : isPlain && endsLikeDomain(labels.at(-1)?.name) ? labels.length : 1
  const last = labels[count - 1]
  if (!last) return null
  return { to: last.to, labels: labels.slice(0, count).map((part) => part.name), spelled: last.spelled }
}

const endsLikeDomain = (label: string | undefined): boolean =>
  label !== undefined && /^(?:\p{L}{2,24}|xn--[a-z0-9-]+)$/iu.test(label)

function readLocal(text: string, to: number): { from: number; value: string } | null {
  if (text[to - 1] === '"') {
    const quote = text.lastIndexOf('"', to - 2)
    return quote >= 0 && to - quote <= 66 ? { from: quote, value: text.slice(quote, to) } : null
  }
  let from = localWord(text, to)
  if (from === to) return null
  let value = text.slice(from, to)
  // "joe dot smith at …"
  for (let joined = 0; joined < 3; joined++) {
    const dot = DOT_BEFORE.exec(text.slice(Math.max(0, from - 12), from))?.[0]
    if (!dot) break
    const wordTo = from - dot.length
    const wordFrom = localWord(text, wordTo)
    if (wordFrom === wordTo) break
    value = `${text.slice(wordFrom, wordTo)}.${value}`
    from = wordFrom
  }
  return { from, value }
}

function localWord(text: string, to: number): number {
  const sign = isLatin(text, to - 1) ? LATIN_LOCAL : ANY_LOCAL
  let from = to
  while (from > 0 && to - from < 64 && sign.test(text[from - 1] ?? '')) from--
  while (from < to && /[.'*/=?^`{|}~!#$&-]/.test(text[from] ?? '')) from++
  return from
}

function overBlanks(text: string, from: number): number {
  let at = from
  while (at - from < 2 && text[at] === ' ') at++
  return at
}

function backOverBlanks(text: string, from: number): number {
  let at = from
  while (from - at < 2 && text[at - 1] === ' ') at--
  return at
}

// Chinese or Russian words stand against an address without a blank: an address in Latin letters ends where those begin.
const isLatin = (text: string, at: number): boolean => /[\u0021-\u024f]/.test(text[at] ?? '')

// Without the signs that join an address to a link's query before it.
const LATIN_LOCAL = /[a-z0-9\u00c0-\u024f.!#$'*+^_`{|}~-]/i
const ANY_LOCAL = /[\p{L}\p{M}\p{N}._+-]/u
const LATIN_LABEL = /[a-z0-9\u00c0-\u024f][a-z0-9\u00c0-\u024f-]{0,62}/iy
const ANY_LABEL = /[\p{L}\p{N}][\p{L}\p{M}\p{N}-]{0,62}/uy
// "At this point to …": between English words these are no dot.
const ENGLISH = /^at .*? (?:point|punt) /i
const DOT_WORDS = 'dot|punkt|point|punto|ponto|punt|kropka|точка|крапка|nokta'
const DOT = new RegExp(
  `\\.(?=[\\p{L}\\p{N}])| {0,2}[([{<] ?(?:${DOT_WORDS}|\\.) ?[)\\]}>] {0,2}| {1,2}(?:${DOT_WORDS}) {1,2}| \\. `,
  'iuy',
)
const DOT_BEFORE = new RegExp(`(?: ?[([{<] ?(?:${DOT_WORDS}|\\.) ?[)\\]}>] ?| (?:${DOT_WORDS}) )$`, 'iu')

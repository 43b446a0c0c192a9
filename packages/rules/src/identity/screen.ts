import { type FoundIdentity, findIdentities, type IdentityKind, type IdentityOptions } from './find-identities.ts'

/** What stands in place of an identity: three dots, or a word of the reader's language for each kind. */
export type MaskStyle = 'dots' | Readonly<Partial<Record<IdentityKind, string>>>

export type ScreeningPolicy = IdentityOptions & {
  /** The kinds that this site masks in what people write. What is known of a participant is masked in any case. */
  readonly mask: 'all' | 'none' | readonly IdentityKind[]
  readonly style: MaskStyle
}

/** The text as others may read it, and what was taken out of it. */
export function screen(text: string, policy: ScreeningPolicy): { text: string; masked: FoundIdentity[] } {
  const known = policy.known ?? []
  if (policy.mask === 'none' && known.length === 0) return { text, masked: [] }
  const masked = findIdentities(text, policy).filter(({ kind }) => isMasked(kind, policy.mask))
  return { text: maskIdentities(text, masked, policy.style), masked }
}

/** The text with something else in place of these spans, which are in order and apart, as `findIdentities` gives them. */
export function maskIdentities(text: string, spans: readonly FoundIdentity[], style: MaskStyle): string {
  if (spans.length === 0) return text
  const parts: string[] = []
  let at = 0
  for (const { from, to, kind } of spans) {
    parts.push(text.slice(at, from), style === 'dots' ? DOTS : (style[kind] ?? DOTS))
    at = to
  }
  parts.push(text.slice(at))
  return parts.join('')
}

// Of one length whatever it hides, so that it tells nothing of it.
const DOTS = '•••'

const isMasked = (kind: IdentityKind, mask: ScreeningPolicy['mask']): boolean =>
  kind === 'known' || mask === 'all' || (mask !== 'none' && mask.includes(kind))

/** What somebody may do in this account at all. */
export type AccountRole = 'responder' | 'operator' | 'supervisor' | 'administrator'

/** Where somebody stands towards a conversation or an interaction. */
export interface Standing {
  /** Null for a visitor, and for whoever has left the account. */
  readonly role: AccountRole | null
  /** A place there that writes; one that watches; a right to read and no place; nothing. */
  readonly part: 'member' | 'observer' | 'reader' | 'none'
  /** On which side their place is; null without one. */
  readonly side: 'asking' | 'answering' | null
  /** They opened it, or were made to manage it. */
  readonly manages: boolean
}

export type Deed =
  | 'read'
  | 'say'
  | 'edit-fields'
  | 'close'
  | 'invite'
  | 'add'
  | 'remove'
  | 'open-backchannel'
  | 'whisper'
  | 'observe'
  | 'grant'
  | 'let-see'
  | 'let-team-in'
  | 'transfer'
  | 'merge'
  | 'split'
  | 'copy'
  | 'file'
  | 'link'
  | 'seal'
  | 'seal-interaction'
  | 'erase'
  | 'undo-others'

export type DeedVerdict = { readonly ok: true } | { readonly ok: false; readonly refusal: 'not-there' | 'not-allowed' }

/**
 * May they do this here? Rules in order, the first that fits decides. Who has no part in something and may not watch gets the answer that
 * they would get if it were not there.
 */
export function mayDo(deed: Deed, { role, part, side, manages }: Standing): DeedVerdict {
  const watches = role === 'supervisor' || role === 'administrator'
  if (part === 'none' && !watches) return { ok: false, refusal: 'not-there' }
  const answers = part === 'member' && side === 'answering'
  const works = role !== null && role !== 'responder'
  switch (deed) {
    case 'read':
      return allowed(part !== 'none')
    case 'say':
      return allowed(part === 'member')
    case 'let-see':
      return allowed(role === 'administrator' || (part === 'member' && side === 'asking'))
    case 'close':
      return allowed(watches || manages || part === 'member')
    case 'invite':
    case 'open-backchannel':
      return allowed(watches || manages || answers)
    case 'add':
      return allowed(watches || manages || (answers && works))
    case 'remove':
      return allowed(watches || manages)
    case 'transfer':
      return allowed(watches || answers)
    case 'file':
      return allowed(part === 'member' && (works || answers))
    case 'edit-fields':
    case 'copy':
    case 'link':
    case 'merge':
    case 'split':
    case 'whisper':
      return allowed(works)
    case 'let-team-in':
    case 'observe':
    case 'undo-others':
    case 'seal':
      return allowed(watches)
    case 'grant':
    case 'seal-interaction':
      return allowed(watches || manages)
    case 'erase':
      return allowed(role === 'administrator')
  }
}

const allowed = (may: boolean): DeedVerdict => (may ? { ok: true } : { ok: false, refusal: 'not-allowed' })

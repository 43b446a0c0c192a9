/** A file without what it said about its maker, or the reason why that could not be done. */
export type Stripped =
  | { ok: true; bytes: Uint8Array; type: string; removed: string[] }
  | { ok: false; refusal: StripRefusal }

export type StripRefusal =
  /** Cut short, or not what it claims to be. */
  | 'damaged'
  | 'encrypted'
  /** Expands to far more than it weighs, or holds too many parts. */
  | 'too-expansive'
  /** Holds programs: macros, scripts, active pages. */
  | 'active-content'
  | 'executable'
  /** Holds other files, whose own traces nobody here can take out. */
  | 'holds-other-files'
  /** Is about addresses: cards, invitations, whole mails. */
  | 'carries-addresses'
  /** A kind of file whose metadata cannot be taken out here. */
  | 'metadata-not-removable'
  | 'unknown-type'

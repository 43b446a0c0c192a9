/** One of the three things that operations are about. */
export type Thing = { conversation: string } | { ticket: string } | { interaction: string }

/** What can be sealed by itself. */
export type Sealable = Thing | { message: string }

export type DeskDialog =
  | { kind: 'backchannel'; conversation: string; interaction: string; message?: string }
  | { kind: 'invite'; conversation: string; interaction: string; message?: string }
  | { kind: 'transfer'; conversation: string; ticket: string }
  /** `into` is there where one was dragged onto the other. */
  | { kind: 'merge'; conversation: string; from: Thing; into?: Thing }
  | { kind: 'split'; conversation: string; ticket: string; interactions: string[] }
  | { kind: 'split-messages'; conversation: string; ticket: string; from: string; messages: string[] }
  | { kind: 'copy'; conversation: string; from: string; messages: string[] }
  | { kind: 'link'; conversation: string; of: Thing }
  | { kind: 'file'; conversation: string; interaction: string }
  | { kind: 'readers'; conversation: string; interaction: string }
  | { kind: 'team-in'; conversation: string }
  | { kind: 'team-out'; conversation: string }
  | { kind: 'let-see'; conversation: string }
  | { kind: 'alias'; conversation: string; participant: string; alias: string }
  | { kind: 'own-space' }
  | { kind: 'seal'; conversation: string; what: Sealable }
  | { kind: 'erase'; conversation: string }
  | { kind: 'erase-person'; person: string; name: string }

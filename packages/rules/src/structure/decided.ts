import type { Change } from './changes.ts'

/** What an operation on the structure comes to: the changes to make, or why it is refused. */
export type Decided<More = unknown> = ({ readonly ok: true; readonly changes: Change[] } & More) | NotDone

export interface NotDone {
  readonly ok: false
  readonly refusal:
    | 'not-there'
    | 'not-allowed'
    | 'conversation-closed'
    | 'interaction-closed'
    | 'wrong-state'
    | 'asks-here'
    | 'no-such-person'
}

export const notDone = (refusal: NotDone['refusal']): NotDone => ({ ok: false, refusal })

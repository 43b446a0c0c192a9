import type { AccountId, ConversationId, PersonId } from '@parley/model'
import { parseId } from '@parley/model'
import type { ServerFrame } from '@parley/protocol'

/** What one process tells the others. Ids and marks only, never words: whoever needs more reads it, and may or may not read it. */
export type Hint =
  /** Something was committed here. `people` have a part in it; null when they are too many to name. */
  | { kind: 'committed'; account: AccountId; conversation: ConversationId; people: PersonId[] | null }
  /** A passing frame (typing, seen, a tick, changed lists) as this person may see it. */
  | { kind: 'frame'; person: PersonId; frame: PassingFrame }
  /** A person's right to be connected has ended. */
  | { kind: 'ended'; person: PersonId }
  /** Hints were lost on the way out: read back what there is. */
  | { kind: 'lost' }

export type PassingFrame = Extract<ServerFrame, { t: 'typing' | 'seen' | 'tick' | 'changed' }>

// NOTIFY takes less than 8000 bytes (async.c, NOTIFY_PAYLOAD_MAX_LENGTH).
const mostBytes = 7_900
const mostPeople = 60

/** Packs hints into as few payloads as hold them, in order. */
export function packHints(node: string, hints: readonly Hint[]): string[] {
  const payloads: string[] = []
  let entries: string[] = []
  let bytes = 0
  const close = () => {
    if (entries.length > 0) payloads.push(`[${JSON.stringify(node)},${entries.join(',')}]`)
    entries = []
    bytes = 0
  }
  for (const hint of hints) {
    const entry = JSON.stringify(toEntry(hint))
    const size = Buffer.byteLength(entry) + 1
    if (bytes + size > mostBytes - 100) close()
    // A frame that is longer than any of ours should be is not worth breaking the batch for.
    if (size > mostBytes - 100) continue
    entries.push(entry)
    bytes += size
  }
  close()
  return payloads
}

/** Null for what no version of ours has written. Entries of a kind that is not known here are left out: a newer process speaks. */
export function unpackHints(payload: string): { node: string; hints: Hint[] } | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(payload)
  } catch {
    return null
  }
  if (!Array.isArray(parsed)) return null
  const [node, ...entries] = parsed as unknown[]
  if (typeof node !== 'string') return null
  return { node, hints: entries.flatMap((entry) => toHint(entry) ?? []) }
}

function toEntry(hint: Hint): unknown[] {
  switch (hint.kind) {
    case 'committed':
      return hint.people === null || hint.people.length > mostPeople
        ? ['c', hint.account, hint.conversation]
        : ['c', hint.account, hint.conversation, ...hint.people]
    case 'frame':
      return ['f', hint.person, hint.frame]
    case 'ended':
      return ['e', hint.person]
    case 'lost':
      return ['l']
  }
}

const passing: ReadonlySet<unknown> = new Set(['typing', 'seen', 'tick', 'changed'])

function toHint(entry: unknown): Hint | null {
  if (!Array.isArray(entry)) return null
  const [kind, first, second, ...rest] = entry as unknown[]
  if (kind === 'l') return { kind: 'lost' }
  if (kind === 'c') {
    const account = parseId<AccountId>(first)
    const conversation = parseId<ConversationId>(second)
    const people = rest.flatMap((each) => parseId<PersonId>(each) ?? [])
    return account && conversation
      ? { kind: 'committed', account, conversation, people: people.length > 0 ? people : null }
      : null
  }
  const person = parseId<PersonId>(first)
  if (!person) return null
  if (kind === 'e') return { kind: 'ended', person }
  if (kind === 'f' && isPassing(second)) return { kind: 'frame', person, frame: second }
  return null
}

function isPassing(value: unknown): value is PassingFrame {
  return typeof value === 'object' && value !== null && 't' in value && passing.has(value.t)
}

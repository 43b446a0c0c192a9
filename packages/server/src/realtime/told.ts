import type { ConversationId } from '@parley/model'
import type { Session } from './session.ts'

interface Entry {
  version: number
  doubts: number
  readonly sessions: Set<Session>
}

const none: ReadonlySet<Session> = new Set()

/**
 * Which sessions have been told of which conversations, and as of which version of each. Kept as long as one of them is there: whoever loses
 * every right in a conversation is found by it, and nothing is sent under numbers that its reader has not been told of.
 */
export class Told {
  readonly #entries = new Map<ConversationId, Entry>()

  get conversations(): Iterable<ConversationId> {
    return this.#entries.keys()
  }

  has(conversation: ConversationId): boolean {
    return this.#entries.has(conversation)
  }

  sessions(conversation: ConversationId): ReadonlySet<Session> {
    return this.#entries.get(conversation)?.sessions ?? none
  }

  /** Undefined where nobody here has been told anything of it. */
  version(conversation: ConversationId): number | undefined {
    return this.#entries.get(conversation)?.version
  }

  /** They begin to be told. Answers what to call once all of them have been, as of a version: nothing where that was doubted meanwhile. */
  begin(conversation: ConversationId): (reached: number) => void {
    const doubts = this.#entries.get(conversation)?.doubts ?? 0
    return (version) => {
      const entry = this.#entries.get(conversation)
      if (entry?.doubts === doubts) entry.version = version
    }
  }

  /** One of them may have been told something older: nobody counts on it until all have been told again. Versions begin at 1. */
  doubt(conversation: ConversationId): void {
    const entry = this.#entries.get(conversation)
    if (!entry) return
    entry.version = 0
    entry.doubts += 1
  }

  add(session: Session, conversation: ConversationId, version: number): void {
    const entry = this.#entries.get(conversation)
    if (entry) entry.sessions.add(session)
    else this.#entries.set(conversation, { version, doubts: 0, sessions: new Set([session]) })
  }

  drop(session: Session, conversation: ConversationId): void {
    const entry = this.#entries.get(conversation)
    if (entry?.sessions.delete(session) && entry.sessions.size === 0) this.#entries.delete(conversation)
  }
}

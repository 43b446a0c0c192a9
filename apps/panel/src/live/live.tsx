import { type Client, type ConnectionState, connect, type Unsent } from '@parley/client'
import type { ConversationView, DeskToken } from '@parley/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { afterChange, afterForgetting } from '../api/after-change.ts'
import { askOrThrow } from '../api/ask.ts'
import { isForgotten } from './forgotten.model.ts'
import type { HeldInteraction } from './live.model.ts'

/** What the real-time connection knows now; a new value whenever something changed. */
export interface Live {
  client: Client
  state: ConnectionState
  conversations: ConversationView[]
  unsent: readonly Unsent[]
  held(conversation: ConversationView): HeldInteraction[]
  typing(conversation: ConversationView): string[]
  markRead(interaction: string, n: number): void
  /** How far this window itself has shown it: the server's word comes a little later. */
  readHere(interaction: string): number
  /** Everything open has been named at least once. */
  isLoaded: boolean
}

const Context = createContext<Live | null>(null)

export function useLive(): Live {
  const live = useContext(Context)
  if (!live) throw new Error('useLive outside LiveProvider')
  return live
}

export function LiveProvider({ person, children }: { person: string; children: ReactNode }) {
  const queries = useQueryClient()
  const [source, setSource] = useState<Source | null>(null)
  useEffect(() => {
    const made = makeSource(person)
    let shown: ReadonlyMap<string, ConversationView> = new Map()
    const stopListening = made.client.subscribe((event) => {
      if (event.kind === 'changed') afterChange(queries, event.what)
      if (event.kind !== 'transcript') return
      const { conversations } = made.client.transcript
      if (isForgotten(shown, conversations)) afterForgetting(queries)
      shown = new Map(conversations)
    })
    const wake = () => {
      if (document.visibilityState === 'visible') made.client.wake()
    }
    window.addEventListener('online', wake)
    document.addEventListener('visibilitychange', wake)
    setSource(made)
    return () => {
      window.removeEventListener('online', wake)
      document.removeEventListener('visibilitychange', wake)
      stopListening()
      made.client.stop()
    }
  }, [person, queries])
  return source ? <Provide source={source}>{children}</Provide> : null
}

function Provide({ source, children }: { source: Source; children: ReactNode }) {
  const live = useSyncExternalStore(source.subscribe, source.snapshot)
  return <Context.Provider value={live}>{children}</Context.Provider>
}

interface Source {
  client: Client
  subscribe(listener: () => void): () => void
  snapshot(): Live
}

function makeSource(person: string): Source {
  const key = `parley.desk.unsent.${person}`
  const client = connect({
    baseUrl: location.origin,
    getToken: async () => (await askOrThrow<DeskToken>('/api/desk/token', { method: 'POST', body: {} })).token,
    storage: { load: () => localStorage.getItem(key), save: (json) => localStorage.setItem(key, json) },
  })
  const read = new Map<string, number>()
  const listeners = new Set<() => void>()
  const take = (): Live => ({
    client,
    state: client.state,
    conversations: [...client.transcript.conversations.values()],
    unsent: client.outbox,
    held: (conversation) =>
      conversation.interactions.flatMap((one) => {
        const held = client.transcript.interaction(one.id)
        return held ? [{ view: held.view, messages: held.messages, base: held.base }] : []
      }),
    typing: (conversation) =>
      conversation.interactions.flatMap((one) =>
        client
          .typing(one.id)
          .map((id) => one.participants.find((participant) => participant.id === id)?.alias)
          .filter((alias) => alias !== undefined),
      ),
    markRead,
    readHere: (interaction) => read.get(interaction) ?? 0,
    isLoaded: client.transcript.you !== null,
  })
  let live = take()
  const changed = () => {
    live = take()
    for (const listener of listeners) listener()
  }
  client.subscribe(changed)
  return {
    client,
    snapshot: () => live,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }

  function markRead(interaction: string, n: number) {
    if (n <= (read.get(interaction) ?? 0)) return
    read.set(interaction, n)
    client.markRead(interaction, n)
    changed()
  }
}

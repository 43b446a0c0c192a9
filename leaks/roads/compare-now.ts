import type { Client } from '@parley/client'
import { waitFor } from '@parley/dev-env'
import type { ConversationView } from '@parley/protocol'
import type { RoadsRun } from './roads-run.ts'
import { same, sorted } from './same.ts'

/** Live connections come to exactly what the model says, and the desk lists it. */
export async function compareNow(run: RoadsRun, people: readonly string[]): Promise<void> {
  for (const person of people) {
    const should = run.shouldRead(person)
    const client = run.live.get(person)
    if (client) {
      const isSame = () => differs(run, should, client) === null
      await waitFor('the window', isSame, { timeoutMs: 10_000 }).catch(() => {
        throw new Error(`the window of ${run.personName(person)}: ${differs(run, should, client)}`)
      })
    }
    const desk = run.stage.desks.get(run.stage.nameOf(person))
    if (!desk) continue
    const { body: views } = await desk.calls<ConversationView[]>('GET', '/api/desk/conversations')
    const shown = views.flatMap(({ interactions }) => interactions.map(({ id, length }) => [id, length] as const))
    const own = new Map(shown.filter(([id]) => run.isOurs(id)))
    const lengths = new Map([...should].map(([id, messages]) => [id, messages.length]))
    same(`the list of ${desk.name}`, own, lengths)
  }
}

function differs(run: RoadsRun, should: ReadonlyMap<string, readonly string[]>, client: Client): string | null {
  const ours = [...client.transcript.interactions].filter(({ view }) => run.isOurs(view.id))
  const shown = ours.map(({ view, messages }): [string, string] => [
    view.id,
    messages.map(({ id, n }, index) => (n === index + 1 ? id : `${n}?`)).join(),
  ])
  const wanted = [...should].map(([id, messages]): [string, string] => [id, messages.join()])
  const [is, be] = [sorted(shown), sorted(wanted)]
  if (is !== be) return `has\n${is}\nand should have\n${be}`
  const kept = ours.flatMap(({ messages }) =>
    messages.filter(({ id, text, attachments = [] }) => run.world.unsaid.has(id) && (text || attachments.length > 0)),
  )
  return kept.length === 0 ? null : `still holds erased words: ${kept.map(({ id }) => id)}`
}

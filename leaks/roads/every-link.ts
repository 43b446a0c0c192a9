import { randomUUID } from 'node:crypto'
import type { LinkReadResponse } from '@parley/protocol'
import { type RoadsRun, within } from './roads-run.ts'
import { same } from './same.ts'

/** The links to read again in whatever somebody was sent: each opens what they may read of its conversation now, and nothing else. */
export async function everyLink(run: RoadsRun, person: string): Promise<void> {
  const { stage } = run
  const name = run.personName(person)
  const heard = stage.ear.heard.slice(run.firstHeard).filter((one) => one.person === name)
  const keys = new Set(heard.flatMap(({ bytes }) => [...bytes.matchAll(linkKey)].map(([, key]) => key ?? '')))
  const should = run.shouldRead(person)
  const nothing = await open(run, name, '/read', { key: [...keys][0]?.replace(/.{12}$/, 'AAAAAAAAAAAA') ?? 'none' })
  for (const key of run.random
    .fork(`links of ${name}`)
    .shuffle([...keys])
    .slice(0, 6)) {
    const [link] = await stage.rows<{ conversation: string; behind: boolean; offer: boolean }>(
      `select d.conversation_id as conversation, coalesce(i.kind = 'backchannel', false) as behind, d.offer_id is not null as offer
       from delivery d left join interaction i on i.interaction_id = d.interaction_id where d.reference = $1`,
      [Buffer.from(key, 'base64url').toString('hex', 0, 16)],
    )
    if (!link) continue
    const kinds = new Map([...run.world.rooms].map(([id, { kind }]) => [id, kind]))
    const all = [...within(run, should, link.conversation)]
    const rooms = all.filter(([id]) => link.behind || kinds.get(id) !== 'backchannel')
    const read = await open<LinkReadResponse>(run, name, '/read', { key })
    // What they were asked is theirs to see as long as it stands.
    if (all.length === 0 && read.status === 200 && (link.offer || run.strays.size > 0)) continue
    if (rooms.length === 0 && read.status !== 200) {
      if (read.text !== nothing.text) throw new Error(`a link of ${name} tells ${read.text}`)
      continue
    }
    const pages = read.body.pages
      .filter(({ interaction }) => run.isOurs(interaction))
      .map(({ interaction, messages }): [string, string] => [
        interaction,
        messages.map(({ n, id }) => `${n} ${id}`).join(),
      ])
    const wanted = rooms.map(([id, messages]): [string, string] => [
      id,
      messages.map((message, index) => `${index + 1} ${message}`).join(),
    ])
    same(`what a link shows ${name} of ${link.conversation}`, new Map(pages), new Map(wanted))
    await everyFull(run, { name, key, readable: new Set(all.flatMap(([, messages]) => messages)) })
  }
}

async function everyFull(
  run: RoadsRun,
  { name, key, readable }: { name: string; key: string; readable: ReadonlySet<string> },
): Promise<void> {
  const nothing = await open(run, name, '/read/full', { key, message: randomUUID() })
  for (const message of run.random
    .fork(key)
    .shuffle([...run.words.keys()])
    .slice(0, 4)) {
    const full = await open(run, name, '/read/full', { key, message })
    if (!readable.has(message) && full.text !== nothing.text)
      throw new Error(`a link tells ${name} of ${message}: ${full.text}`)
  }
}

async function open<T>({ stage, random }: RoadsRun, name: string, path: string, body: object) {
  const url = random.fork(JSON.stringify(body)).pick(stage.urls)
  const response = await stage.ear.fetch(name, `link${path}`)(`${url}/api/link${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, text, body: JSON.parse(text) as T }
}

const linkKey = /\/read#([\w-]{48})(?![\w-])/g

import { randomUUID } from 'node:crypto'
import type { AnswerTo } from './far-end.ts'
import type { RoadsRun } from './roads-run.ts'

/** Bo writes in the place of somebody else: it is held for them, and nobody but them learns of it or decides on it. */
export async function everyHeld(run: RoadsRun): Promise<void> {
  const { stage, world } = run
  const bo = stage.person('bo')
  const [relay] = await stage.rows<AnswerTo & { person: string }>(
    `select token, tag, null as own, person_id as person from relay_address
     where medium = 'email' and state = 'active' and conversation_id = any($1) and person_id <> $2 order by relay_id desc limit 1`,
    [[...world.conversations.keys()], bo],
  )
  if (!relay) return
  const words = run.canary()
  run.strays.set(words, [bo, relay.person])
  await stage.far.of.get('bo')?.says(words, relay)
  await stage.settles()
  const [held] = await stage.rows<{ id: string }>(
    'select held_id as id from held_item where person_id = $1 and state = $2',
    [relay.person, 'waiting'],
  )
  if (!held) return
  const owner = stage.nameOf(relay.person)
  for (const desk of stage.desks.values()) {
    if (desk.name === owner) continue
    for (const decision of ['release', 'discard']) {
      const told = await desk.calls('POST', `/api/desk/held/${held.id}/${decision}`)
      const nothing = await desk.calls('POST', `/api/desk/held/${randomUUID()}/${decision}`)
      if (told.text !== nothing.text)
        throw new Error(`${desk.name} is told of what was held for ${owner}: ${told.text}`)
    }
  }
  for (const { person, bytes } of stage.ear.heard.slice(run.firstHeard)) {
    for (const [, key] of bytes.matchAll(/\/held#([\w-]+)/g)) await look(run, person, key ?? '')
  }
}

/** Opens what was held from the notice of it. */
async function look({ stage }: RoadsRun, name: string, key: string): Promise<void> {
  await stage.ear.fetch(name, 'link/held')(`${stage.urls[0]}/api/link/held`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key }),
  })
}

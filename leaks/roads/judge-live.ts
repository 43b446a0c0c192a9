import { type Places, whatFramesTell } from './frames-heard.ts'
import type { RoadsRun } from './roads-run.ts'

/** Over live connections nobody is told of anything that is not theirs, nor twice of what is; up to what was heard last. */
export async function judgeLive(run: RoadsRun, lastHeard: number): Promise<void> {
  const rows = await run.stage.rows<{ id: string; room: string; person: string }>(
    'select participant_id as id, interaction_id as room, person_id as person from participant',
  )
  const places: Places = new Map(rows.map(({ id, ...place }) => [id, place]))
  const live = run.stage.ear.heard.slice(run.firstHeard, lastHeard)
  // A frame may be late by a step.
  const worldsAt = (step: number) => run.worlds.slice(Math.max(0, step - 1), step + 1).flat()
  for (const person of run.live.keys()) {
    const name = run.personName(person)
    const own = live.filter(({ person, road }) => person === name && (road === 'socket' || road === 'poll'))
    const wrong = whatFramesTell(own, { person, worldsAt, places })
    if (wrong) throw new Error(`what ${name} hears ${wrong}`)
  }
}

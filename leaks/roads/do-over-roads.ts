import { randomUUID } from 'node:crypto'
import { waitFor } from '@parley/dev-env'
import type { OperationResult } from '@parley/protocol'
import { type Command, homeOf } from '../model/world.ts'
import { inputs, type Lookup } from '../readers/inputs.ts'
import { lookUp } from '../readers/look-up.ts'
import { numberOf } from '../readers/readers-house.ts'
import type { Outcome, RoadsRun } from './roads-run.ts'
import { uploadFile } from './upload-file.ts'

/** One command, over the road of whoever does it: what came of it, or why it was refused. */
export async function doOverRoads(run: RoadsRun, command: Command): Promise<Outcome> {
  const { stage, world } = run
  if (command.op === 'say') return say(run, command)
  if (command.op === 'team-change') {
    const members = new Set(world.teams.get(command.team))
    if (command.in) members.add(command.person)
    else members.delete(command.person)
    const refusal = await stage.changesTeam(command.by, command.team, [...members])
    return refusal === null ? { ok: true, command, answer: {} } : { ok: false, command, refusal }
  }
  const places = await stage.rows<{ room: string; person: string; id: string }>(
    'select interaction_id as room, person_id as person, participant_id as id from participant',
  )
  const look: Lookup = {
    place: (room, person) => places.find((one) => one.room === room && one.person === person)?.id ?? randomUUID(),
    number: (by, room, position) => numberOf(world, by, room, position),
  }
  const describe = inputs[command.op] as (command: Command, look: Lookup) => { name: string; input: object }
  const { name, input } = describe(command, look)
  const result = await operate(run, command.by, name, input)
  if (typeof result === 'string') return { ok: false, command, refusal: result }
  const made = command.op === 'whisper' || command.op === 'file' ? { message: result.message ?? '' } : {}
  if ('message' in made && 'message' in command) run.words.set(made.message, command.message)
  const answer = await lookUp(stage.rows, world, command, result)
  return { ok: true, command: { ...command, ...made } as Command, answer }
}

/** By a frame or by a call, whichever falls. */
async function operate(run: RoadsRun, by: string, name: string, input: object): Promise<OperationResult | string> {
  const { stage, random } = run
  const client = run.live.get(by)
  const desk = stage.desks.get(stage.nameOf(by))
  if (client && (!desk || random.chance(0.4))) {
    const done = await client.perform(name, { ...input })
    return done.ok ? done.result : done.refusal
  }
  if (by === stage.program.person) return byRest(run, name, input)
  if (!desk) return 'not-there'
  const { status, body } = await desk.calls<OperationResult & { reason: string }>(
    'POST',
    `/api/desk/operations/${name}`,
    { operation: randomUUID(), input },
  )
  return status === 200 ? body : body.reason
}

async function byRest({ program }: RoadsRun, name: string, input: object): Promise<OperationResult | string> {
  const body = { operation: randomUUID(), input }
  const answer = await program.calls<OperationResult & { code: string }>('POST', `/operations/${name}`, body)
  return answer.status === 200 ? answer.body : answer.body.code
}

/** Now and then a file with the same words in it goes along, or one of somebody else's. */
async function filesFor(run: RoadsRun, { by, message }: Extract<Command, { op: 'say' }>): Promise<string[]> {
  const random = run.random.fork(message)
  if (!random.chance(0.3)) return []
  if (run.stage.ear.step === 0 || random.chance(0.8)) return [await uploadFile(run, by, message)]
  const others = await run.stage.rows<{ id: string }>(
    'select attachment_id as id from attachment where person_id <> $1 order by created_at desc limit 3',
    [by],
  )
  return others.slice(0, 1).map(({ id }) => id)
}

/** At a window or the desk, or by answering over their medium. */
async function say(run: RoadsRun, command: Extract<Command, { op: 'say' }>): Promise<Outcome> {
  const { stage } = run
  const { sealed, ...overMedium } = command
  let said: typeof command = command
  const [{ began } = { began: new Date() }] = await stage.rows<{ began: Date }>('select now() as began')
  const [interaction = ''] = command.rooms
  const client = run.live.get(command.by)
  if (client) {
    client.say({ interaction }, command.message, {
      attachments: await filesFor(run, command),
      ...(command.sealed ? { sealed: true } : {}),
    })
    await waitFor('an answer to what was said', () => client.outbox.every((one) => one.state === 'refused'), {
      timeoutMs: 30_000,
    })
    for (const { id } of client.outbox) client.discard(id)
  } else if (command.by === stage.program.person && run.random.chance(0.5)) {
    const room = run.world.rooms.get(interaction)
    const at = `/conversations/${room ? homeOf(run.world, room) : randomUUID()}/messages`
    const answer = await run.program.calls('POST', at, {
      ...{ text: command.message, interaction },
      ...(command.sealed ? { sealed: true } : {}),
    })
    if (answer.status !== 200) return { ok: false, command, refusal: answer.text }
  } else {
    const [place] = await stage.rows<{ id: string }>(
      'select participant_id as id from participant where interaction_id = $1 and person_id = $2',
      [interaction, command.by],
    )
    // No medium says that its words are to be sealed.
    said = overMedium
    const told = await stage.writes(stage.nameOf(command.by), { place: place?.id ?? randomUUID() }, command.message)
    if (told !== null) return { ok: false, command, refusal: told }
  }
  const rows = await stage.rows<{ room: string; message: string }>(
    `select p.interaction_id as room, p.message_id as message from message m join placement p on p.message_id = m.message_id
     where (position($1 in m.body) > 0 or (m.encryption = 'sealed' and m.message_id <> all($3::uuid[]) and m.at >= $4)) and m.person_id = $2`,
    [command.message, command.by, [...run.words.keys()], began],
  )
  const [first] = rows
  if (!first) return { ok: false, command, refusal: 'not said' }
  if (!rows.some(({ room }) => run.isOurs(room))) {
    // Who is in it no more had it on its way: kept for them and for those who watch.
    run.strays.set(command.message, [command.by, ...run.watchers()])
    return { ok: false, command, refusal: 'kept as late' }
  }
  const rooms = rows.map(({ room }) => room)
  run.words.set(first.message, command.message)
  return { ok: true, command: { ...said, rooms, message: first.message }, answer: {} }
}

import type { Seeded } from '@parley/dev-env'
import { chooseCommand } from '../history/choose-command.ts'
import type { Command } from '../model/world.ts'
import { inputs } from '../readers/inputs.ts'
import { outside, roles } from './cast.ts'
import { compareNow } from './compare-now.ts'
import { doOverRoads } from './do-over-roads.ts'
import { everyCall } from './every-call.ts'
import { everyCursor } from './every-cursor.ts'
import { everyFile } from './every-file.ts'
import { everyHeld } from './every-held.ts'
import { everyLink } from './every-link.ts'
import { everyPoll } from './every-poll.ts'
import { everyProgram } from './every-program.ts'
import { everySees } from './every-sees.ts'
import { everyTranscript } from './every-transcript.ts'
import { judgeLive } from './judge-live.ts'
import { judgeMails } from './judge-mails.ts'
import { orderThatWas } from './order-that-was.ts'
import { overMedia } from './over-media.ts'
import { RoadsRun } from './roads-run.ts'
import type { RoadsStage } from './roads-stage.ts'
import { searchEverything } from './search-everything.ts'
import { learnAsked } from './words-asked.ts'

const everything = ['say', 'team-change', ...Object.keys(inputs)] as Command['op'][]
/** What comes of them is looked up, so nothing may happen beside them. */
const alone: readonly Command['op'][] = [
  ...(['transfer', 'merge', 'undo', 'split', 'split-messages', 'team-change'] as const),
  ...(['seal', 'erase', 'erase-person'] as const),
]

/** One history over every road; two servers, several people at once. Throws what was wrong, with the history. */
export async function runRoads(
  stage: RoadsStage,
  random: Seeded,
  batches: number,
  kinds: readonly Command['op'][] = everything,
): Promise<void> {
  const run = new RoadsRun(stage, random)
  try {
    await begin(run)
    for (let n = 0; n < batches; n++) await goOn(run, kinds)
    await end(run)
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.stack : error}\n${run.readable()}`, { cause: error })
  } finally {
    run.leaves()
  }
}

async function begin(run: RoadsRun): Promise<void> {
  const { stage, random } = run
  const isOttoAway = random.seed % 3 === 1
  for (const [index, name] of ['ana', 'ben'].entries()) {
    const visitor = stage.visitor(name, random)
    const begun = await stage.asked(visitor, answerersOf(random, index, isOttoAway), run.canary)
    run.visitors.set(begun.visitor, visitor)
    run.opened.push(begun)
    if (visitor.client) run.live.set(begun.visitor, visitor.client)
  }
  for (const [name, desk] of stage.desks) {
    // While Otto's desk is closed he is told in his browser.
    if (outside[name] || (name === 'otto' && isOttoAway)) continue
    const transport = random.chance(0.3) ? 'poll' : 'socket'
    run.live.set(
      stage.person(name),
      desk.connects(random.int(0, 1), transport, () => random.next()),
    )
  }
  run.members = random.shuffle(Object.keys(roles)).slice(0, random.int(1, 2)).map(stage.person)
  run.team = await stage.team(run.members)
  run.world = run.worldAfter() ?? run.world
  await thanksAll(run)
  await run.learnWords()
  run.stepsTo([run.world])
  await learnAsked(run)
  await compareNow(run, [...run.world.roles.keys()])
}

/** In any three histories that follow one another somebody answers over each medium, and once with a desk that is closed. */
function answerersOf(random: Seeded, index: number, isOttoAway: boolean): string[] {
  const media = Object.keys(outside)
  const wanted = [media[(2 * random.seed + index) % media.length] ?? '', ...(isOttoAway ? ['otto'] : [])]
  const others = random.shuffle(Object.keys(roles).filter((name) => !wanted.includes(name)))
  return random.shuffle([...wanted, ...others.slice(0, random.int(0, 1))])
}

/** Visitors say something to each who answered, so that words go over every road that somebody is at the end of. */
async function thanksAll(run: RoadsRun): Promise<void> {
  for (const { visitor, exchanges } of run.opened) {
    for (const { id } of exchanges) {
      const said = await doOverRoads(run, { op: 'say', by: visitor, rooms: [id], message: run.canary() })
      if (!said.ok) throw new Error(`a visitor could not go on: ${said.refusal}`)
      run.log.push(said)
    }
  }
  run.world = run.worldAfter() ?? run.world
}

/** Some things at once, or one; then everybody is asked what they have. */
async function goOn(run: RoadsRun, kinds: readonly Command['op'][]): Promise<void> {
  run.stage.ear.step++
  passAbout(run)
  const wanted = wantedAtOnce(run, kinds)
  run.lines.push(wanted.map((command) => JSON.stringify(command)).join('  &  '))
  const outcomes = await Promise.all(wanted.map((command) => doOverRoads(run, command)))
  for (const one of outcomes)
    run.lines.push(one.ok ? `  done ${JSON.stringify(one.answer)}` : `  refused: ${one.refusal}`)
  await run.learnWords()
  const { was, mayBe } = await orderThatWas(run, outcomes)
  run.log.push(...was.order)
  run.world = was.world
  // Who turned out to be somebody else looks through that one's eyes from now on.
  for (const visitor of run.visitors.keys()) {
    if ([...run.world.rooms.values()].some(({ seats }) => seats.some(({ person }) => person === visitor))) continue
    run.live.get(visitor)?.stop()
    run.live.delete(visitor)
  }
  for (const person of run.world.gone) run.sendsAway(person)
  run.stepsTo(mayBe.map(({ world }) => world))
  await learnAsked(run)
  const people = run.random.shuffle([...run.world.roles.keys()]).slice(0, 2)
  await compareNow(run, [...new Set([...people, ...run.live.keys()])])
}

/** Everything is sent and compared; then whatever anybody obtained is searched for what was never theirs. */
async function end(run: RoadsRun): Promise<void> {
  const { stage } = run
  await stage.settles()
  await compareNow(run, [...run.world.roles.keys()])
  // What is heard from here on was asked for.
  await judgeLive(run, stage.ear.heard.length)
  await searchEverything(run)
  const people = [...run.world.roles.keys()].filter((person) => !run.visitors.has(person) || run.live.has(person))
  await everyHeld(run)
  await Promise.all(people.map((person) => everyCursor(run, person)))
  await Promise.all([...stage.desks.values()].map((desk) => everyCall(run, desk)))
  await Promise.all([
    everySees(run),
    everyProgram(run, run.program),
    ...people.flatMap((person) => [everyLink(run, person), everyTranscript(run, person)]),
  ])
  await everyPoll(run)
  await everyFile(run)
  // Who has a closed desk is told of it a moment later.
  await stage.settles()
  await searchEverything(run)
  await judgeMails(run)
  // A house that can do nothing leaks nothing.
  const [failure] = stage.failures
  if (failure) throw new Error(`a server failed: ${failure}`)
}

function wantedAtOnce(run: RoadsRun, kinds: readonly Command['op'][]): Command[] {
  const first = overMedia(run)
  const wanted: Command[] = first ? [first] : []
  const most = run.random.chance(0.4) ? run.random.int(2, 3) : 1
  while (wanted.length < most) {
    const command = chooseCommand(run.world, run.random, kinds, run.canary)
    if (wanted.length > 0 && alone.includes(command.op)) continue
    // Words that are sealed are told apart by who said them.
    if (command.op === 'say' && wanted.some((one) => one.op === 'say' && one.by === command.by)) continue
    wanted.push(command)
    if (alone.includes(command.op)) break
  }
  return wanted
}

/** People type and read, wherever they are, and where they are not. */
function passAbout({ world, live, random }: RoadsRun): void {
  const rooms = [...world.rooms.keys()]
  for (const client of live.values()) {
    client.setTyping({ interaction: random.pick(rooms) }, true)
    for (const { view, messages } of client.transcript.interactions) {
      if (random.chance(0.5)) client.markRead(view.id, messages.at(-1)?.n ?? 0)
    }
  }
}

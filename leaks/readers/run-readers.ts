import { chooseCommand } from '../history/choose-command.ts'
import type { Draw } from '../history/draw.ts'
import { apply } from '../model/laws.ts'
import { mustRefuse } from '../model/must-refuse.ts'
import { knownPerson, opened } from '../model/opened.ts'
import { type Command, emptyWorld, type World } from '../model/world.ts'
import { compareShown } from './compare-shown.ts'
import { inputs } from './inputs.ts'
import type { Done, ReadersHouse } from './readers-house.ts'
import { seesNothingOfIt } from './sees-nothing-of-it.ts'

const roles = {
  bo: 'responder',
  cleo: 'responder',
  olga: 'operator',
  otto: 'operator',
  sue: 'supervisor',
  ada: 'administrator',
} as const

export type Counts = Map<string, { done: number; refused: number }>
const kindsTried = ['say', 'team-change', ...Object.keys(inputs)] as Command['op'][]

/** One short history on the real operations and readers: what each person gets by reading is what the model says, after every step. */
export async function runReaders(
  house: ReadersHouse,
  draw: Draw,
  options: { steps: number; kinds?: readonly Command['op'][]; counts?: Counts },
): Promise<void> {
  const { steps, kinds = kindsTried, counts = new Map() } = options
  const world = emptyWorld()
  const fay = draw.pick(['responder', 'operator'] as const)
  await house.anotherFay(fay)
  const cast = { ...roles, fay }
  for (const [name, role] of Object.entries(cast)) knownPerson(world, house.person(name), role)
  world.spare.add(house.person('fay'))
  world.tells = house.tells
  world.categories = house.rig.categories
  const history: string[] = []
  const readable = (text: string) =>
    [...house.names].reduce((all, [person, name]) => all.replaceAll(person, name), text)
  const fail = (what: string): never => {
    throw new Error(readable(`${what}\n${history.join('\n')}`))
  }
  for (let n = 0; n < 2; n++) opened(world, await house.open(draw.shuffle(Object.keys(cast)).slice(0, draw.int(1, 2))))
  const members = draw.shuffle(Object.keys(cast)).slice(0, 1)
  const team = await house.rig.team(members.map((name) => house.person(name)))
  world.teams.set(team, new Set(members.map((name) => house.person(name))))
  let messages = 0
  const mark = `mark${draw.int(1e8, 1e9).toString(36)}`
  for (let step = 0; step < steps; step++) {
    const wanted = chooseCommand(world, draw, kinds, () => `words ${++messages} ${mark}`)
    const before = mustRefuse(world, wanted)
    const beside = await seesNothingOfIt(house, world, { by: wanted.by, draw })
    history.push(`${JSON.stringify(wanted)}${before ? ` must be refused: ${before}` : ''}`)
    const done = await house.does(world, wanted)
    const count = counts.get(wanted.op) ?? { done: 0, refused: 0 }
    counts.set(wanted.op, count)
    if (done.ok) {
      count.done++
      const refusal = mustRefuse(world, done.command)
      if (refusal) fail(`it was done and had to be refused: ${refusal}`)
      apply(world, done.command, done.answer)
      await triesTheirId(house, world, { done, wanted, draw, fail })
    } else {
      count.refused++
      history.push(`  refused: ${done.refusal}`)
      // Who watches knows what is there.
      const watches = ['supervisor', 'administrator'].includes(world.roles.get(wanted.by) ?? '')
      if (
        !watches &&
        !world.gone.has(wanted.by) &&
        before === 'not-there' &&
        !['not-there', 'malformed-request'].includes(done.refusal)
      )
        fail(`${done.refusal} tells that it is there`)
    }
    const changed = await beside()
    if (changed) fail(changed)
    const someone = draw.pick([...world.roles.keys()])
    const some = new Set([wanted.by, someone].filter((one) => world.roles.has(one)))
    await compareShown(house, world, { people: some, mark }, fail)
  }
  await compareShown(house, world, { people: new Set(world.roles.keys()), mark }, fail)
}

/** An id is no secret: somebody else who brings it learns nothing by it. */
async function triesTheirId(
  house: ReadersHouse,
  world: World,
  { done, wanted, draw, fail }: { done: Done; wanted: Command; draw: Draw; fail: (what: string) => never },
): Promise<void> {
  const { operation } = done.answer
  const other = draw.pick([...world.roles.keys()])
  if (!operation || other === wanted.by || !draw.chance(0.3)) return
  const again = await house.repeats(other, operation)
  if (again !== 'not-there') fail(`${other} learns of what ${wanted.by} did by its id: ${again}`)
}

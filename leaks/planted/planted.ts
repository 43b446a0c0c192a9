import type { Command } from '../model/world.ts'
import { plantedMail } from './planted-mail.ts'
import { plantedReaders } from './planted-readers.ts'
import { plantedRoads } from './planted-roads.ts'
import { plantedStrangers } from './planted-strangers.ts'

/** A defect that shows somebody what is not theirs, and the seeds within which a ring has to find it. */
export interface Planted {
  readonly name: string
  /** In one file of the product, what stands there once, and what it becomes. */
  readonly file: string
  readonly is: string
  readonly becomes: string
  /** Where one barrier stands behind another: both are broken. */
  readonly also?: readonly { readonly file: string; readonly is: string; readonly becomes: string }[]
  /** What people do in it, where that is not everything. */
  readonly kinds?: readonly Command['op'][]
  readonly ring: 'rules' | 'readers' | 'roads' | 'strangers'
  readonly first?: number
  readonly histories: number
}

const structure = 'packages/rules/src/structure'
const server = 'packages/server/src'

export const planted: readonly Planted[] = [
  ...plantedReaders,
  {
    name: 'who joins reads what was said before',
    file: `${structure}/join.ts`,
    is: 'from: last + 1, to: null, basis }',
    becomes: 'from: 1, to: null, basis }',
    ring: 'rules',
    histories: 60,
  },
  {
    name: 'who lets somebody in gives what they do not read themselves',
    file: `${structure}/join.ts`,
    is: `return within(mayRead(shape.spans.get(by) ?? [], interaction), { from, to: last })`,
    becomes: 'return [{ from, to: last }]',
    ring: 'rules',
    histories: 4000,
  },
  {
    name: 'who was removed goes on reading',
    file: `${structure}/join.ts`,
    is: 'right.interaction === interaction && right.to === null)',
    becomes: 'right.interaction === interaction && right.to !== null && false)',
    ring: 'rules',
    histories: 60,
  },
  {
    name: 'undoing uncovers what was said in between',
    file: `${structure}/undo-changes.ts`,
    is: 'const from = (shape.lastPositions.get(interaction) ?? 0) + 1',
    becomes: 'const from = 1',
    ring: 'rules',
    histories: 200,
  },
  {
    name: 'undoing gives back what was taken back',
    file: `${structure}/undo-changes.ts`,
    is: '    // A part that was taken back stays so: nothing that was once hidden is uncovered by undoing.\n    return []',
    becomes: `    return [{ kind: 'end', right: id, was: right.to, is: was }]`,
    ring: 'rules',
    histories: 200,
  },
  {
    name: 'what was placed stays when it is undone',
    file: `${structure}/undo-changes.ts`,
    is: `return [{ kind: 'withdraw', interaction: change.interaction, position: change.position }]`,
    becomes: 'return []',
    ring: 'rules',
    histories: 600,
  },
  {
    name: 'what was withdrawn is still read',
    file: `${structure}/without-withdrawn.ts`,
    is: 'if (withdrawn.length === 0) return [span]',
    becomes: 'if (withdrawn.length >= 0) return [span]',
    ring: 'rules',
    histories: 600,
  },
  {
    name: 'taking back ends nothing that is over',
    file: `${structure}/grant.ts`,
    is: `({ kind: 'end', right: right.id, was: right.to, is: 0 })`,
    becomes: `({ kind: 'end', right: right.id, was: right.to, is: right.to ?? lastOf(shape, interaction) })`,
    ring: 'rules',
    histories: 200,
  },
  {
    name: 'a part that is given goes on to the end',
    file: `${structure}/grant.ts`,
    is: 'return within(to === null ? own : within(own, said), { from, to })',
    becomes: 'return within(own, { from, to: null })',
    ring: 'rules',
    histories: 2000,
  },
  {
    name: 'a merge shows what was said before they came',
    file: `${structure}/merge-interactions.ts`,
    is: 'join(over, { interaction: into.id, person, role, by }',
    becomes: `join(over, { interaction: into.id, person, role, by, history: 'all', givesAnything: true }`,
    ring: 'rules',
    histories: 600,
  },
  {
    name: 'who merges one into another is shown what is over by letting see',
    file: `${structure}/merge-interactions.ts`,
    is: 'join(over, { interaction: into.id, person, role, by }',
    becomes: 'join(shape, { interaction: into.id, person, role, by }',
    ring: 'rules',
    first: 4_725,
    histories: 4000,
  },
  {
    name: 'a split takes along what its maker does not read',
    file: `${structure}/split.ts`,
    is: `if (order.some(({ position }) => viewNumber(wanted.readable, position) === null)) return notDone('not-there')`,
    becomes: '',
    ring: 'rules',
    histories: 4000,
  },
  {
    name: 'a copy takes along what its maker does not read',
    file: `${structure}/copy.ts`,
    is: 'if (wanted.messages.some(({ position }) => viewNumber(wanted.readable, position) === null)) {',
    becomes: 'if (wanted.messages.length === 0) {',
    ring: 'rules',
    histories: 4000,
  },
  {
    name: 'a copy doubles what stands there already',
    file: `${structure}/copy.ts`,
    is: 'wanted.standing.has(id)',
    becomes: 'false',
    ring: 'rules',
    histories: 4000,
  },
  {
    name: 'who leaves a team goes on reading',
    file: `${structure}/teams.ts`,
    is: 'if (!isMember) return endRightsUnder(shape, team, { person })',
    becomes: 'if (!isMember) return []',
    ring: 'rules',
    histories: 1000,
  },
  {
    name: 'a team reads what was said before it was let in',
    file: `${structure}/teams.ts`,
    is: `history === 'all' ? 1 : lastOf(shape, interaction) + 1`,
    becomes: '1',
    ring: 'rules',
    histories: 600,
  },
  {
    name: 'letting each other see shows what was said before',
    file: `${structure}/let-see.ts`,
    is: `from: letsSee.history === 'all' ? 1 : lastOf(shape, interaction) + 1`,
    becomes: 'from: 1',
    ring: 'rules',
    histories: 600,
  },
  {
    name: 'letting each other see has no end',
    file: `${structure}/let-see.ts`,
    is: 'letsSee ? [] : endRightsUnder(shape, under)',
    becomes: '[]',
    ring: 'rules',
    histories: 1500,
  },
  {
    name: 'who asks hears the whisper',
    file: `${structure}/whisper.ts`,
    is: `role !== 'initiator' && role !== 'observer'`,
    becomes: `role !== 'observer'`,
    ring: 'rules',
    histories: 200,
  },
  {
    name: 'who has gone still hears the whisper',
    file: `${structure}/whisper.ts`,
    is: 'changes.push(...leave(shape, ids, null))',
    becomes: '',
    ring: 'rules',
    first: 14_280,
    histories: 4000,
  },
  {
    name: 'who observes reads what was said before',
    file: `${structure}/observe.ts`,
    is: 'all ? 1 : lastOf(shape, interaction) + 1',
    becomes: '1',
    ring: 'rules',
    histories: 100,
  },
  {
    name: 'who asks is brought in behind their own back',
    file: `${structure}/backchannel.ts`,
    is: `place.person === person && place.role === 'initiator' && interactions`,
    becomes: `place.person !== place.person && interactions`,
    ring: 'rules',
    histories: 4000,
  },
  {
    name: 'a transfer shows exchanges that go on',
    file: `${structure}/transfer.ts`,
    is: `kind === 'intake' || (kind === 'exchange' && (state === 'closed' || closed.includes(id)))`,
    becomes: `kind === 'intake' || kind === 'exchange'`,
    ring: 'rules',
    histories: 1000,
  },
  {
    name: 'a transfer brings in who asks on another ticket',
    file: `${structure}/transfer.ts`,
    is: 'if (there.size > 0) return there',
    becomes: 'if (there.size > 0 || ticket) return there.size > 0 ? there : new Set([shape.visitor])',
    ring: 'rules',
    first: 1_000_100,
    histories: 4000,
  },
  {
    name: 'counts tell of what is hidden',
    file: `${server}/conversations/view.ts`,
    is: 'length: viewLength(ranges, last)',
    becomes: 'length: last',
    ring: 'readers',
    histories: 12,
  },
  {
    name: 'numbers have gaps',
    file: `${server}/conversations/read-messages.ts`,
    is: 'const n = viewNumber(ranges, row.position)',
    becomes: 'const n: number | null = row.position',
    ring: 'readers',
    first: 37,
    histories: 40,
  },
  {
    name: 'lists go by what is said where one is not',
    file: `${server}/conversations/list-own.ts`,
    is: 'coalesce(own.at, k.created_at) as at',
    becomes: 'k.last_at as at',
    ring: 'readers',
    first: 13,
    histories: 40,
  },
  {
    name: 'observers are shown',
    file: `${server}/conversations/who-is-seen.ts`,
    is: `const seen = seesObservers ? inside :`,
    becomes: `const seen = seesObservers || inside.length > 0 ? inside :`,
    ring: 'readers',
    histories: 20,
  },
  {
    name: 'a refusal tells that it is there',
    file: `${structure}/rights.ts`,
    is: `if (part === 'none' && !watches) return { ok: false, refusal: 'not-there' }`,
    becomes: `if (part === 'none' && !watches) return { ok: false, refusal: 'not-allowed' }`,
    also: [
      {
        file: `${server}/operations/find-things.ts`,
        is: `who && !watches(who) && (table === 'interaction' || table === 'participant')`,
        becomes: 'who === undefined',
      },
    ],
    ring: 'readers',
    kinds: ['open-backchannel', 'whisper', 'add', 'grant'],
    histories: 30,
  },
  {
    name: 'an id of somebody else’s operation tells what came of it',
    file: `${server}/operations/perform.ts`,
    is: 'row.person_id !== person || row.name !== operation.name',
    becomes: 'row.name !== operation.name',
    ring: 'readers',
    histories: 12,
  },
  {
    name: 'the page of one interaction is read whole',
    file: `${server}/conversations/read-messages.ts`,
    is: 'const ranges = mayRead(wanted.spans, wanted.interaction)',
    becomes: 'const ranges: Range[] = [{ from: 1, to: null }]',
    ring: 'readers',
    histories: 12,
  },
  {
    name: 'typing behind the back is heard',
    file: `${server}/realtime/passing.ts`,
    is: 'if (other.person === person || !maySee(spansOf(structure, other.person), interaction, next)) continue',
    becomes: `}
      for (const other of structure.participants) {
        if (other.person === person || next === 0) continue`,
    ring: 'roads',
    histories: 12,
  },
  {
    name: 'what stands in a list moves without news',
    file: `${server}/realtime/session.ts`,
    is: 'if (before?.print === print) return null',
    becomes: '',
    ring: 'roads',
    histories: 12,
  },
  {
    name: 'an export and a transcript have what others read there',
    file: `${server}/exporting/read-all-messages.ts`,
    is: 'const spans = readableSpans(structure, person)',
    becomes: 'const spans = [...structure.spans.keys()].flatMap((other) => readableSpans(structure, other))',
    ring: 'roads',
    histories: 6,
  },
  ...plantedRoads,
  ...plantedMail,
  ...plantedStrangers,
]

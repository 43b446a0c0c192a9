import { expect, test } from 'vitest'
import { maySee } from '../point-of-view.ts'
import { applyChanges } from './apply-changes.ts'
import type { Change } from './changes.ts'
import { grant, revoke } from './grant.ts'
import { join, leave } from './join.ts'
import { letSee } from './let-see.ts'
import { here, type LetsSee, lastOf, type Shape } from './shape.ts'
import { followTeam, letTeamIn, letTeamOut } from './teams.ts'

const visitor = 'visitor'
const people = ['olga', 'otto', 'cleo', 'bo']
const exchanges = ['first', 'second', 'third']
const ada = { person: 'ada', role: 'administrator' } as const

/** What somebody has got, told over message by message: the plainest thing that it could mean. */
interface Tap {
  readonly person: string
  readonly interaction: string
  readonly by: 'place' | 'grant' | 'see' | 'team'
  readonly heard: Set<number>
  isOpen: boolean
}

/** A small generator of its own, so that a seed is all that a failure needs. */
function seeded(seed: number) {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return { chance: next, pick: <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T }
}

function begin(): Shape {
  const interaction = (id: string) => ({
    ...{ id, ticket: 't', parent: null, kind: 'exchange', purpose: 'talk', state: 'open' },
    ...{ mergedInto: null, withdrawn: [], teams: [] },
  })
  const asks = exchanges.map((id) => ({
    ...{ id: `asks in ${id}`, interaction: id, person: visitor, role: 'initiator', manages: false, left: false },
  }))
  const rights = exchanges.map((id) => ({
    ...{ id: `right of ${id}`, interaction: id, person: visitor, from: 1, to: null, basis: 'member', by: null },
  }))
  const bare = {
    ...{ conversation: 'c', kind: 'outside', visitor, state: 'open', participants: asks, rights },
    tickets: [{ id: 't', intake: 'first', state: 'open', parent: null, mergedInto: null }],
    interactions: new Map(exchanges.map((id) => [id, interaction(id)])),
    spans: new Map(),
    lastPositions: new Map(exchanges.map((id) => [id, 0])),
  } as unknown as Shape
  return applyChanges([bare], [])[0] ?? bare
}

function play(seed: number, steps: number): void {
  const { chance, pick } = seeded(seed)
  let id = 0
  const newId = () => `id ${id++}`
  let shape = begin()
  const taps: Tap[] = []
  const team = new Set<string>()
  let isOn: 'none' | 'all' | null = null
  let isIn = false
  const done: string[] = []
  const apply = (changes: readonly Change[]) => {
    shape = applyChanges([shape], changes)[0] ?? shape
  }
  const before = (interaction: string, isAll: boolean) =>
    new Set(isAll ? Array.from({ length: lastOf(shape, interaction) }, (_, at) => at + 1) : [])
  const opens = (person: string, interaction: string, by: Tap['by'], isAll = false) => {
    const has = taps.some(
      (tap) => tap.isOpen && tap.by === by && tap.person === person && tap.interaction === interaction,
    )
    if (by === 'grant' || !has) taps.push({ person, interaction, by, heard: before(interaction, isAll), isOpen: true })
  }
  const ends = (which: (tap: Tap) => boolean) => {
    for (const tap of taps) if (which(tap)) tap.isOpen = false
  }
  const answers = (interaction: string) => here(shape, interaction).filter(({ role }) => role === 'responder')
  const sees = (person: string, from: string) => {
    for (const other of exchanges) if (other !== from) opens(person, other, 'see', isOn === 'all')
  }
  for (let step = 0; step < steps; step++) {
    const [person, interaction, isAll] = [pick(people), pick(exchanges), chance() < 0.3]
    const what = pick(['say', 'say', 'join', 'leave', 'grant', 'revoke', 'see', 'in', 'member'])
    done.push(`${what} ${person} ${interaction} ${isAll}`)
    if (what === 'say') {
      const position = lastOf(shape, interaction) + 1
      apply([{ kind: 'place', conversation: 'c', interaction, position, message: newId(), by: visitor }])
      for (const tap of taps) if (tap.isOpen && tap.interaction === interaction) tap.heard.add(position)
    } else if (what === 'join') {
      const isHere = answers(interaction).some((place) => place.person === person)
      apply(join(shape, { interaction, person, role: 'responder', by: null }, newId))
      if (!isHere) {
        opens(person, interaction, 'place')
        if (isOn) {
          sees(person, interaction)
          for (const other of exchanges.filter((one) => one !== interaction))
            for (const own of answers(other))
              if (own.person !== person) opens(own.person, interaction, 'see', isOn === 'all')
        }
      }
    } else if (what === 'leave') {
      const place = answers(interaction).find((own) => own.person === person)
      if (place) {
        apply(leave(shape, [place.id], null))
        ends((tap) => tap.person === person && tap.interaction === interaction)
        // Who answers nowhere else any more sees none of the others.
        const elsewhere = (than: string) =>
          exchanges.some((one) => one !== than && answers(one).some((own) => own.person === person))
        ends((tap) => tap.by === 'see' && tap.person === person && !elsewhere(tap.interaction))
      }
    } else if (what === 'grant') {
      const decided = grant(shape, { interaction, person, by: ada, part: isAll ? 'all' : undefined }, newId)
      if (decided.ok) {
        apply(decided.changes)
        opens(person, interaction, 'grant', isAll)
      }
    } else if (what === 'revoke') {
      const decided = revoke(shape, { interaction, person, by: ada })
      if (decided.ok) apply(decided.changes)
      for (const tap of taps.filter((one) => one.person === person && one.interaction === interaction)) {
        if (tap.by === 'place') continue
        tap.isOpen = false
        tap.heard.clear()
      }
    } else if (what === 'see') {
      const on: LetsSee | null = isOn
        ? null
        : ({ by: visitor, history: isAll ? 'all' : 'none', anything: false } as const)
      const decided = letSee(shape, on, newId)
      expect(decided.ok, done.join('\n')).toBe(true)
      if (decided.ok) apply(decided.changes)
      isOn = on?.history ?? null
      if (on) for (const from of exchanges) for (const own of answers(from)) sees(own.person, from)
      else ends(({ by }) => by === 'see')
    } else if (what === 'in') {
      const decided = isIn
        ? letTeamOut(shape, 'team')
        : letTeamIn(shape, { team: 'team', members: [...team], by: 'sue', history: isAll ? 'all' : 'none' }, newId)
      expect(decided.ok, done.join('\n')).toBe(true)
      if (decided.ok) apply(decided.changes)
      if (isIn) ends(({ by }) => by === 'team')
      else for (const who of team) for (const one of exchanges) opens(who, one, 'team', isAll)
      isIn = !isIn
    } else {
      const isMember = !team.delete(person)
      if (isMember) team.add(person)
      apply(followTeam(shape, { team: 'team', person, isMember }, newId))
      if (!isMember) ends((tap) => tap.by === 'team' && tap.person === person)
      else if (isIn) for (const one of exchanges) opens(person, one, 'team')
    }
    for (const who of people) {
      for (const one of exchanges) {
        const heard = new Set(
          taps.flatMap((tap) => (tap.person === who && tap.interaction === one ? [...tap.heard] : [])),
        )
        const readable = Array.from({ length: lastOf(shape, one) }, (_, at) => at + 1).filter((position) =>
          maySee(shape.spans.get(who) ?? [], one, position),
        )
        expect(readable, `seed ${seed}: what ${who} reads of ${one} after\n${done.join('\n')}`).toEqual(
          [...heard].sort((a, b) => a - b),
        )
      }
    }
  }
}

test('after whatever was given, taken back, let see, joined and left, each reads what they were there for or were given (C2 A13)', () => {
  for (let seed = 1; seed <= 60; seed++) play(seed, 40)
})

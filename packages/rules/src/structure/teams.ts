import type { Change } from './changes.ts'
import { endRightsUnder } from './end-rights-under.ts'
import { isHiddenFrom } from './grant.ts'
import { type InteractionShape, lastOf, type Shape } from './shape.ts'
import { type Decided, notDone } from './verdict.ts'

/** A team may read along in what stands open now (0120, A team is let in): each of its members by a right of their own. */
export function letTeamIn(
  shape: Shape,
  wanted: { team: string; members: readonly string[]; by: string; history: 'none' | 'all' },
  newId: () => string,
): Decided {
  const { team, members, by, history } = wanted
  const teams = shape.teams ?? []
  if (teams.includes(team)) return notDone('wrong-state')
  const open = [...shape.interactions.values()].filter(({ state }) => state === 'open')
  return {
    ok: true,
    changes: [
      ...open.flatMap(({ id }) =>
        members.flatMap((person) => give(shape, id, { team, person, by, from: from(shape, id, history) }, newId)),
      ),
      ...open.map((one) => teamsOf(one, [...(one.teams ?? []), team])),
      // This one comes last, so that undoing begins with it.
      { kind: 'field', of: { conversation: shape.conversation }, field: 'teams', was: teams, is: [...teams, team] },
    ],
  }
}

/** What its members have by that ends where it stands. */
export function letTeamOut(shape: Shape, team: string): Decided {
  const teams = shape.teams ?? []
  // What was merged into this conversation may have let it in.
  const isIn = teams.includes(team) || [...shape.interactions.values()].some((one) => one.teams?.includes(team))
  if (!isIn) return notDone('wrong-state')
  const without = (all: readonly string[]) => all.filter((one) => one !== team)
  return {
    ok: true,
    changes: [
      ...endRightsUnder(shape, team),
      ...[...shape.interactions.values()].flatMap((one) =>
        one.teams?.includes(team) ? [teamsOf(one, without(one.teams))] : [],
      ),
      { kind: 'field', of: { conversation: shape.conversation }, field: 'teams', was: teams, is: without(teams) },
    ],
  }
}

/**
 * Somebody has come to a team that is let in, or has left it: they get what it has from here on, where that still stands open, or what they
 * had by it ends. Nothing where it is so already.
 */
export function followTeam(
  shape: Shape,
  { team, person, isMember }: { team: string; person: string; isMember: boolean },
  newId: () => string,
): Change[] {
  if (!isMember) return endRightsUnder(shape, team, { person })
  return [...shape.interactions.values()]
    .filter(({ state, teams }) => state === 'open' && teams?.includes(team))
    .filter(({ id }) => !shape.rights.some((right) => isOpenUnder(right, team, person) && right.interaction === id))
    .flatMap(({ id }) => give(shape, id, { team, person, by: null, from: lastOf(shape, id) + 1 }, newId))
}

function give(
  shape: Shape,
  interaction: string,
  { team, person, by, from }: { team: string; person: string; by: string | null; from: number },
  newId: () => string,
): Change[] {
  if (isHiddenFrom(shape, interaction, person)) return []
  const { conversation } = shape
  const right = { right: newId(), conversation, interaction, person, from, to: null }
  return [{ kind: 'give', ...right, basis: 'rule', by, under: team }]
}

const from = (shape: Shape, interaction: string, history: 'none' | 'all') =>
  history === 'all' ? 1 : lastOf(shape, interaction) + 1

const teamsOf = ({ id, teams }: InteractionShape, is: readonly string[]): Change => ({
  ...{ kind: 'field', of: { interaction: id }, field: 'teams', was: teams ?? [], is },
})

const isOpenUnder = (right: Shape['rights'][number], team: string, person: string) =>
  right.under === team && right.person === person && right.to === null

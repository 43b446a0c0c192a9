import { endsWhy, gives, hasUnder } from './claims.ts'
import type { Hand } from './hand.ts'
import { type Command, get, type Room } from './world.ts'

export function changesTeam(hand: Hand, { team, person, in: isMember }: Extract<Command, { op: 'team-change' }>): void {
  const members = get(hand.world.teams, team)
  if (isMember) members.add(person)
  else members.delete(person)
  for (const room of hand.world.rooms.values()) {
    if (!isMember) endsWhy(hand, room, team, person)
    else if (!room.closed && room.teams.has(team) && !hasUnder(hand, room, person, team)) {
      teamSees(hand, room, { team, history: 'none' }, person)
    }
  }
}

export function teamSees(
  hand: Hand,
  room: Room,
  { by, team, history }: { by?: string; team: string; history: 'none' | 'all' },
  person: string,
) {
  gives(hand, room, person, 'rule', history === 'all' ? room.slots : [], { by: by ?? null, why: team })
}

export function lets(hand: Hand, room: Room, team: string, isIn: boolean): void {
  const before = room.teams.has(team)
  const set = (now: boolean) => (now ? room.teams.add(team) : room.teams.delete(team))
  set(isIn)
  hand.back.push(() => {
    if (isIn && !before) endsWhy(hand, room, team)
    set(before)
  })
}

import { type Hand, watches } from './hand.ts'
import { type Claim, homeOf, isLetSee, type Room, reads, type Slot } from './world.ts'

/** What somebody may give of what was said. */
export function givable(
  hand: Hand,
  room: Room,
  by: string,
  history: 'none' | 'all',
  anything = watches(hand, by),
): Slot[] {
  if (history === 'none') return []
  return anything ? [...room.slots] : reads(hand.world, by, room)
}

export function gives(
  hand: Hand,
  room: Room,
  person: string,
  basis: Claim['basis'],
  slots: readonly Slot[],
  how: Partial<Claim> = {},
): void {
  const claim: Claim = { ...{ person, room, basis, by: null, why: '', open: true }, ...how, slots: new Set(slots) }
  hand.world.claims.push(claim)
  hand.back.push(() => {
    claim.open = false
    if (basis !== 'member') claim.slots.clear()
  })
}

/** What comes is theirs no more. Gone back on, it begins again from then, with a hole for what came between. */
export function ends(hand: Hand, claim: Claim): void {
  if (!claim.open) return
  claim.open = false
  hand.back.push(() => {
    if (holds(hand, claim)) hand.world.claims.push({ ...claim, slots: new Set(), open: true })
  })
}

/** What it hung on may have ended since: then nothing begins again by it. */
function holds({ world }: Hand, { room, why }: Claim): boolean {
  if (why === '') return true
  if (why !== 'let-see') return room.teams.has(why)
  return world.letSeeAtUndo.has(room) || isLetSee(world, homeOf(world, room))
}

export function revokes(hand: Hand, claim: Claim): void {
  ends(hand, claim)
  claim.slots.clear()
}

export function claimsOf(hand: Hand, room: Room, person: string): Claim[] {
  return hand.world.claims.filter((claim) => claim.room === room && claim.person === person)
}

export const hasUnder = (hand: Hand, room: Room, person: string, why: string) =>
  claimsOf(hand, room, person).some((one) => one.why === why && one.open)

export function endsWhy(hand: Hand, room: Room, why: string, person?: string): void {
  for (const claim of [...hand.world.claims]) {
    if (claim.room === room && claim.why === why && (person ?? claim.person) === claim.person) ends(hand, claim)
  }
}

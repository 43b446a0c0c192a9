export { askedBy, askedNow, askerOn, asks } from './asking.ts'
export { identitiesBeside, peopleBeside } from './identities-beside.ts'
export { isTakenThere, place, type Target } from './place.ts'
export { reachClosedWindows } from './reach-closed-windows.ts'
export { type BeginHunt, type Committed, type Live, type PersonChanged, Road } from './road.ts'
export { type DecidedSay, type Filed, isAsSent, type MessageForm, type Say } from './say.ts'
export type { SayAnswer } from './say-answer.ts'
export { sealForm } from './seal-say.ts'
export {
  type HeldRight,
  type InteractionPlace,
  lastPosition,
  loadStructures,
  type ParticipantPlace,
  readableSpans,
  type Structure,
  spansOf,
  type TicketPlace,
} from './structure.ts'
export type { Turn } from './turn.ts'
export type { Turns } from './turns.ts'
export { nowCalled, whatItBecame } from './what-it-became.ts'

import type { InteractionId, MessageId } from '@parley/model'
import { numberInView } from '@parley/rules'
import type { PlaceRefusal } from './place.ts'
import { type DecidedSay, isAsSent, type Placement } from './say.ts'
import { spansOf } from './structure.ts'

export type SayAnswer =
  | {
      ok: true
      message: MessageId
      at: Date
      /** In the author's own numbers, as they ran when it was said or is asked for again. */
      places: { interaction: InteractionId; n: number }[]
      /** Where it stands, whatever they may read by now. */
      placements?: readonly Placement[]
      /** It was stored by an earlier arrival of the same thing. */
      repeated: boolean
      /** What stands there is what was said, unchanged and with nothing beside it. */
      asSent: boolean
    }
  | { ok: false; refusal: PlaceRefusal }

export function answerOf(decided: DecidedSay): SayAnswer {
  const spans = spansOf(decided.structure, decided.say.person)
  return {
    ok: true,
    message: decided.id,
    at: decided.at,
    places: decided.placements.flatMap(({ interaction, position }) => {
      const n = numberInView(spans, interaction, position)
      return n === null ? [] : [{ interaction, n }]
    }),
    placements: decided.placements,
    repeated: false,
    asSent: isAsSent(decided),
  }
}

import { languages } from '@parley/model'
import type {
  BegunConversation,
  OfferAnswered,
  ProgramConversation,
  ProgramDelivery,
  ProgramEndpointView,
  ProgramEvent,
  ProgramMessages,
  ProgramOffer,
  ProgramPage,
  ProgramReplied,
  ProgramSaid,
  ProgramSelf,
} from '@parley/protocol'
import { programScopes } from '@parley/protocol'
import { z } from 'zod'

/** What calls take and answer. The types of the client and these are checked against each other by the compiler. */

export const id = z.uuid()
export const at = z.iso.datetime()
const text = z.string().min(1).max(16_000)
const sealed = z
  .boolean()
  .optional()
  .describe('This message alone is kept encrypted, and never sent over a medium that cannot carry it so')
/** What the program calls somebody for whom it acts. */
export const outsideKey = z
  .string()
  .regex(/^[\w.@+:-]{1,200}$/)
  .describe('For whom, by the program’s own name for them')
export const byId = z.strictObject({ id })
export const asOne = z.strictObject({ as: outsideKey.optional() })
const limit = z.coerce.number().int().min(1).max(100).default(50)
const after = z.string().max(300).optional().describe('Where the page before ended: its `next`')
export const paging = z.strictObject({ after, limit })

export const endpointView: z.ZodType<ProgramEndpointView> = z.object({
  url: z.string(),
  state: z.enum(['unproven', 'proven', 'failing']),
  failing: z.string().nullable(),
  oldSecretUntil: at.nullable(),
})

export const self: z.ZodType<ProgramSelf> = z.object({
  id,
  name: z.string(),
  alias: z.string(),
  language: z.string(),
  state: z.enum(['active', 'paused']),
  scopes: z.array(z.enum(programScopes)),
  endpoint: endpointView.nullable(),
})

export const conversation: z.ZodType<ProgramConversation> = z.object({
  id,
  as: z.string().nullable(),
  site: id,
  state: z.enum(['open', 'closed']),
  topic: z.string().nullable(),
  language: z.string(),
  createdAt: at,
  hunt: z.enum(['not-begun', 'looking', 'found', 'nobody']),
  name: z.string().optional(),
  category: z.string().optional(),
  tags: z.array(z.string()).optional(),
  folder: z.string().optional(),
  interactions: z.array(
    z.object({
      id,
      kind: z.enum(['intake', 'exchange', 'backchannel']),
      state: z.enum(['open', 'closed']),
      length: z.int().min(0),
      writable: z.boolean(),
      participants: z.array(
        z.object({
          id,
          you: z.boolean(),
          role: z.enum(['initiator', 'responder', 'observer', 'virtual']),
          alias: z.string(),
          state: z.enum(['here', 'left']),
        }),
      ),
    }),
  ),
})

export const messages: z.ZodType<ProgramMessages> = z.object({
  messages: z.array(
    z.object({
      n: z.int().min(1),
      id,
      from: id.nullable(),
      at,
      text: z.string(),
      sealed: z.boolean(),
      attachments: z.array(z.object({ name: z.string(), type: z.string(), size: z.int().min(0), url: z.string() })),
    }),
  ),
  more: z.boolean(),
})

export const said: z.ZodType<ProgramSaid> = z.object({ id, at, repeated: z.boolean() })
export const begun: z.ZodType<BegunConversation> = z.object({ conversation, message: said })

export const beginBody = z.strictObject({
  site: z.string().max(100).describe('A site’s public key, as it stands in its pages'),
  as: outsideKey.optional(),
  text,
  sealed,
  language: z.enum(languages).optional(),
  topic: id.optional(),
  fields: z.record(z.string().max(40), z.string().max(2_000)).optional(),
})
export const sayBody = z.strictObject({
  text,
  sealed,
  interaction: id.optional().describe('Left out: to everyone there'),
  as: outsideKey.optional(),
})
export const textBody = z.strictObject({ text })
export const replyBody = z.strictObject({
  to: z
    .string()
    .regex(/^[a-z2-7]{26}$/)
    .describe('As it stood in the webhook'),
  text,
})

export const offer: z.ZodType<ProgramOffer> = z.object({
  id,
  site: z.string(),
  topic: z.string().nullable(),
  language: z.string(),
  asker: z.string(),
  text: z.string(),
  at,
  state: z.enum(['open', 'waiting', 'admitted', 'declined', 'withdrawn', 'expired', 'late']),
  because: z.string(),
})
export const offerAnswered: z.ZodType<OfferAnswered> = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('admitted'), conversation: id, interaction: id }),
  z.object({ outcome: z.literal('late'), because: z.string() }),
])
export const replied: z.ZodType<ProgramReplied> = z.object({
  outcome: z.enum(['accepted', 'duplicate', 'held', 'noted']),
  because: z.string().nullable(),
})

export const delivery: z.ZodType<ProgramDelivery> = z.object({
  id: z.string(),
  kind: z.enum(['message', 'offer', 'notice']),
  as: z.string().nullable(),
  conversation: id.nullable(),
  interaction: id.nullable(),
  message: id.nullable(),
  offer: id.nullable(),
  state: z.enum(['queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'unknown', 'replaced']),
  reason: z.string().nullable(),
  createdAt: at,
  attempts: z.array(z.object({ at, outcome: z.string(), reason: z.string().nullable() })),
})
export const byReference = z.strictObject({ id: z.string().regex(/^[0-9a-f]{32}$/) })

export const event: z.ZodType<ProgramEvent> = z.object({
  id,
  kind: z.enum(['conversation-opened', 'conversation-closed', 'admitted', 'hunt-nobody']),
  as: z.string().nullable(),
  conversation: id,
  interaction: id.nullable(),
  at,
})

export const endpointBody = z.strictObject({ url: z.string().max(1_000) })
/** Read by checkCriteria, which names what is wrong. */
export const criteriaBody = z.strictObject({ criteria: z.record(z.string(), z.unknown()) })
export const nothing = z.strictObject({})

export function pageOf<T>(items: z.ZodType<T>): z.ZodType<ProgramPage<T>> {
  return z.object({ items: z.array(items), next: z.string().nullable() })
}

import { typedMedia } from '@parley/rules'
import { z } from 'zod'

/** What somebody who comes in is given of what was said before; `from`: a number as the giver counts it. */
export const history = z.union([
  z.enum(['none', 'all']),
  z.strictObject({ from: z.number().int().min(1).max(2_147_483_647) }),
])

/** Whom to ask in: by name, by team, by what they want to be asked about, or by an address of somebody whom the account need not know. */
export const asked = {
  people: z.array(z.uuid()).max(50).optional(),
  teams: z.array(z.uuid()).max(20).optional(),
  category: z.uuid().optional(),
  outside: z
    .strictObject({
      medium: z.enum(typedMedia),
      address: z.string().min(1).max(320),
      name: z.string().trim().min(1).max(80),
    })
    .optional(),
  /** All that an invitation shows. */
  note: z.string().trim().max(4_000).optional(),
  history: history.optional(),
}

export type Asked = z.infer<z.ZodObject<typeof asked>>

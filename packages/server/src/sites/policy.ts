import { houseFields } from '@parley/rules'
import { z } from 'zod'
import { admissionSchema, huntSchema, movesSchema } from './hunt-policy.ts'

const field = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  label: z.record(z.string(), z.string()),
  kind: z.enum(['text', 'email', 'phone', 'choice']),
  required: z.boolean().default(false),
  choices: z.array(z.string()).max(50).optional(),
})

/** How a site behaves. Everything has a default, so that `{}` is a whole policy. */
export const sitePolicySchema = z.strictObject({
  /** Each responder in an exchange of their own with the visitor, or all in one. */
  circle: z.enum(['private', 'shared']).default('private'),
  admission: admissionSchema.default({ kind: 'first' }),
  hunt: huntSchema.prefault({}),
  /** What ends one responder's part and finds the next (A16). */
  moves: movesSchema.prefault({}),
  /** New conversations: as they are written, or sealed where they lie and on their way (C9). */
  encryption: z.enum(['none', 'sealed']).default('none'),
  /** What someone who is admitted sees of what the visitor said before; with `none`, whoever is asked next sees of it what opened the ticket. */
  history: z.enum(['all', 'none']).default('all'),
  /** Identities in what a side writes: replaced, or passed on. What is known of the other participants never passes. */
  screening: z
    .strictObject({
      visitor: z.enum(['mask', 'pass']).default('mask'),
      responder: z.enum(['mask', 'pass']).default('mask'),
    })
    .default({ visitor: 'mask', responder: 'mask' }),
  /** Is a side shown under its own name? Else under an alias. */
  named: z
    .strictObject({ visitor: z.boolean().default(false), responder: z.boolean().default(false) })
    .default({ visitor: false, responder: false }),
  /** Who answers is seen by their own name or alias; or all as one, that is called so, by language: who and how many they are is not seen. */
  face: z
    .union([z.literal('named'), z.strictObject({ name: z.record(z.string(), z.string().trim().min(1).max(64)) })])
    .default('named'),
  /** Which of the house's fields those who ask see, and those who only answer; the state they all see. */
  fields: z
    .strictObject({
      visitor: z.array(z.enum(houseFields)).default([]),
      responder: z.array(z.enum(houseFields)).default([]),
    })
    .prefault({}),
  /** What the address that a visitor comes from implies: their region for finding people, or for telling these too; their network's name. */
  implied: z
    .strictObject({
      region: z.enum(['no', 'match', 'tell']).default('match'),
      network: z.boolean().default(false),
    })
    .prefault({}),
  /** Who writes to an address of the site's without a window: are they told once how to go on? */
  starting: z.strictObject({ tellsHow: z.boolean().default(true) }).prefault({}),
  /** What its visitor says to a closed conversation or ticket opens it again, so many days from its end on; 0: it stays closed. */
  reopen: z.strictObject({ withinDays: z.number().int().min(0).max(3_650).default(0) }).prefault({}),
  /** How the site calls its visitors, by language: "visitor", "client", "guest". */
  asker: z.record(z.string(), z.string()).default({}),
  /** Two-letter countries whose phone numbers are recognised without a prefix. */
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)).default([]),
  window: z
    .strictObject({
      title: z.record(z.string(), z.string()).default({}),
      greeting: z.record(z.string(), z.string()).default({}),
      colour: z
        .string()
        .regex(/^#[0-9a-f]{6}$/)
        .default('#1f6f5c'),
      topic: z.enum(['no', 'optional', 'required']).default('optional'),
      language: z.boolean().default(false),
      regions: z.array(z.string().max(40)).default([]),
      fields: z.array(field).max(10).default([]),
      privateAnswers: z.boolean().default(true),
    })
    .prefault({}),
})

export type SitePolicy = z.infer<typeof sitePolicySchema>

/** A policy as it stands in the database; one that cannot be read is a broken assumption. */
export function parsePolicy(stored: unknown): SitePolicy {
  const policy = sitePolicySchema.parse(stored)
  // Who answers from behind one face does so in one exchange: by several of them they could be counted.
  return policy.face === 'named' ? policy : { ...policy, circle: 'shared' }
}

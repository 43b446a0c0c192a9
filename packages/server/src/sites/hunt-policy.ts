import { days, hours, minutes } from '@parley/model'
import { type Condition, checkCriteria, type Fact, type MoveRule, type Target } from '@parley/rules'
import { z } from 'zod'

const ms = z.number().int().positive().max(days(30))
/** An answer that waits is held with its files, which nothing else keeps longer than a day. */
const grace = z.number().int().positive().max(hours(12))

/** What every kind of admission may ask for besides. */
const admissionLimits = {
  withinMs: ms.optional(),
  prefer: z.strictObject({ media: z.array(z.string().max(20)).min(1).max(10), graceMs: grace }).optional(),
  byInvitation: z.boolean().optional(),
}

export const admissionSchema = z.union([
  z.strictObject({ kind: z.literal('first'), ...admissionLimits }),
  z.strictObject({ kind: z.literal('first-n'), slots: z.number().int().min(1).max(100), ...admissionLimits }),
  z.strictObject({ kind: z.literal('any'), ...admissionLimits }),
])

/** How a site looks for people; by default everyone who wants such a question is asked at once. */
export const huntSchema = z.strictObject({
  begins: z.enum(['with-words', 'on-entry']).default('with-words'),
  reach: z.enum(['all', 'sample', 'best']).default('all'),
  /** About one question, whatever happens. */
  most: z.number().int().min(1).max(10_000).default(1_000),
  /** So many at once, and so many more so long after the wave before; none: all at once. */
  waves: z
    .array(z.strictObject({ afterMs: z.number().int().min(0).max(days(7)), most: z.number().int().min(1).max(10_000) }))
    .max(20)
    .default([]),
  offerLastsMs: ms.nullable().default(null),
  /** After so long without an answer the visitor is told so. */
  patienceMs: ms.nullable().default(null),
  /** So long those who become free later are still asked. */
  waitMs: ms.default(hours(24)),
  noLongerMatching: z.enum(['withdraw', 'keep']).default('withdraw'),
  /** How many people may answer at most where the visitor chooses how many; null: the visitor does not choose. */
  visitorMayChoose: z.number().int().min(1).max(100).nullable().default(null),
})

const conditions = z
  .array(z.unknown())
  .min(1)
  .max(20)
  .transform((when, context): readonly Condition[] => {
    const checked = checkCriteria({ all: when })
    if (checked.ok) return checked.criteria.all ?? []
    for (const { path, code } of checked.problems) {
      context.addIssue({ code: 'custom', message: code, path: path.slice(1) as (string | number)[] })
    }
    return z.NEVER
  })

const target = z
  .strictObject({ people: z.array(z.uuid()).max(200).optional(), teams: z.array(z.uuid()).max(50).optional() })
  .transform(({ people, teams }): Target => ({ ...(people ? { people } : {}), ...(teams ? { teams } : {}) }))

/** What a rule says of a request from then on, whatever was known of it before. */
const fact = z
  .strictObject({ about: z.enum(['topic', 'product', 'language', 'region']), value: z.string().min(1).max(300) })
  .transform((told): Fact => ({ ...told, source: 'answered' }))

const destination = z
  .strictObject({ target: target.optional(), facts: z.array(fact).max(20).optional() })
  .transform(({ target: whom, facts }): MoveRule['to'] => ({
    ...(whom ? { target: whom } : {}),
    ...(facts ? { facts } : {}),
  }))

export const movesSchema = z.strictObject({
  rules: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(100),
        when: conditions,
        from: z.enum(['virtual', 'people', 'anyone']).default('anyone'),
        to: destination.prefault({}),
      }),
    )
    .max(100)
    .default([]),
  /** Who does not answer the visitor for so long loses the place; null: nobody does. */
  silenceMs: z.number().int().min(minutes(1)).max(days(30)).nullable().default(null),
})

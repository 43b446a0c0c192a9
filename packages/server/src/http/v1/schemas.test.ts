import type { BeginConversation, ReplyTo, SayInConversation, SetProgramEndpoint } from '@parley/protocol'
import { expect, expectTypeOf, test } from 'vitest'
import type { z } from 'zod'
import { calls } from './calls.ts'
import type { beginBody, endpointBody, replyBody, sayBody } from './schemas.ts'

test('E16 what the typed client sends is what is taken', () => {
  expectTypeOf<Required<BeginConversation>>().toExtend<Required<Omit<z.input<typeof beginBody>, 'language'>>>()
  expectTypeOf<Required<SayInConversation>>().toExtend<Required<z.input<typeof sayBody>>>()
  expectTypeOf<ReplyTo>().toEqualTypeOf<z.input<typeof replyBody>>()
  expectTypeOf<SetProgramEndpoint>().toEqualTypeOf<z.input<typeof endpointBody>>()
  expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length)
})

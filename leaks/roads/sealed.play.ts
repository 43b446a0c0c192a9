import { afterAll, beforeAll, test } from 'vitest'
import { RoadsStage } from './roads-stage.ts'
import { sealedOnTheWire } from './sealed-wire.ts'

let stage: RoadsStage
beforeAll(async () => {
  stage = await RoadsStage.opens()
}, 120_000)
afterAll(() => stage?.closes())

test('C9 whatever level is sealed, over mail, text message, SIP, chat, webhook and push goes a notice with a link that opens, and never a word, a file or its name', () =>
  sealedOnTheWire(stage))

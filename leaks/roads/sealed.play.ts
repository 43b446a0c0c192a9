import { afterAll, beforeAll, test } from 'vitest'
import { RoadsStage } from './roads-stage.ts'
import { sealedOnTheWire } from './sealed-wire.ts'

// On a stage of its own: who was at the desk a moment ago is told nothing on their device.
let stage: RoadsStage
beforeAll(async () => {
  stage = await RoadsStage.opens()
}, 120_000)
afterAll(() => stage?.closes())

test('C9 whatever level is sealed, over mail, text message, SIP, chat, webhook and push goes a notice with a link that opens, and never a word, a file or its name', () =>
  sealedOnTheWire(stage))

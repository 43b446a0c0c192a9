import process from 'node:process'
import { givenTo } from '../child.ts'
import { carryAlone } from './carry-alone.ts'
import { carryByLibrary } from './carry-library.ts'
import { carryWhole } from './carry-whole.ts'
import type { CarrierFacts, CarrierGiven } from './medium.ts'

/** A process that carries: asked for so many messages to so many people, it sends them, and answers when none is left to it. */
const given = givenTo<CarrierGiven>()
const carry = { parley: carryWhole, channel: carryAlone, library: carryByLibrary }[given.carrier]
const carrying = await carry(given)
if (!carrying) throw new Error(`nothing carries ${given.medium} by itself`)

process.on('message', async ({ count, atOnce, mark }: { count: number; atOnce: number; mark: string }) => {
  let next = 0
  const worker = async () => {
    for (let n = next++; n < count; n = next++) await carrying.send(n % given.people, `${mark} ${n}: are you open?`)
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, worker))
    process.send?.({ ok: true })
  } catch (error) {
    process.send?.({ ok: false, why: String(error) })
  }
})
process.on('SIGTERM', () => void carrying.stop().then(() => process.exit(0)))
process.send?.({ port: carrying.port } satisfies CarrierFacts)

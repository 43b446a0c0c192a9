import { expect, test } from 'vitest'
import type { DiesAt } from './crash-server.fixture.ts'
import { playCrashes } from './crash-world.ts'

const everywhere: (DiesAt | 'random')[] = [
  'random',
  'after-peer',
  'before-said',
  'after-attempt',
  'after-receive',
  'before-attempt',
  'random',
  'after-outcome',
]
/** `npm test` takes a sample; the soak sets the full count. */
const rounds = Number(process.env.PARLEY_CRASHES ?? everywhere.length)
const seed = Number(process.env.PARLEY_SEED ?? 1)

test(
  `A18 killed at random moments and at every named point, the server comes back: nothing acknowledged is lost or doubled, and mail is repeated only where nobody can know, and marked (seed ${seed})`,
  async () => {
    const report = await playCrashes({ seed, rounds, points: everywhere })
    console.log(
      `${rounds} crashes: ${report.said} said, ${report.replies} replies, ${report.mails} mails, ${report.repeated} of them repeated and marked, ${report.unknown} unknown`,
    )
    expect(report.findings).toEqual([])
    expect(report.said).toBeGreaterThan(rounds)
    expect(report.mails).toBeGreaterThan(rounds)
  },
  60_000 + rounds * 15_000,
)

test('A18 without the attempt that is written down first the same comparison finds mail that came twice unmarked', async () => {
  const report = await playCrashes({ seed, rounds: 2, points: ['after-peer'], forgetsAttempts: true })
  expect(report.findings.filter((finding) => finding.includes('again, unmarked'))).not.toEqual([])
})

import { describe, expect, test } from 'vitest'
import { havePeer } from './peers.ts'

type PeerName = Parameters<typeof havePeer>[0]

/**
 * A `describe` whose tests need real peers. Where one is not installed the tests are skipped and the title says why;
 * with CI=true they fail instead, since nobody reads what a pipeline skipped.
 */
export async function describeWithPeers(names: readonly PeerName[], title: string, tests: () => void): Promise<void> {
  const found = await Promise.all(names.map((name) => havePeer(name)))
  const missing = found.filter(({ present }) => !present).map(({ why }) => why)
  if (missing.length === 0) describe(title, tests)
  else if (process.env.CI === 'true') test(`${title}: its peers are installed`, () => expect(missing).toEqual([]))
  else describe.skip(`${title} (skipped: ${missing.join('; ')})`, tests)
}

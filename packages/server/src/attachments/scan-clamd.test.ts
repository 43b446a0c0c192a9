import { type Clamd, startClamd } from '@parley/dev-env/clamd'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scanWithClamd } from './scan-clamd.ts'

await describeWithPeers(['clamd'], 'C8 a file is looked at by ClamAV', () => {
  let clamd: Clamd
  beforeAll(async () => {
    clamd = await startClamd()
  })
  afterAll(() => clamd?.stop())

  test('by its bytes alone, in parts of any number', async () => {
    const at = { host: clamd.host, port: clamd.port }
    expect(await scanWithClamd(at, Buffer.from('nails and boards'))).toEqual({ result: 'clean' })
    expect(await scanWithClamd(at, Buffer.from(clamd.planted))).toEqual({ result: 'found', virus: clamd.virusName })
    const large = Buffer.concat([Buffer.alloc(9_000_000, 'x'), Buffer.from(clamd.planted)])
    expect(await scanWithClamd(at, large)).toMatchObject({ result: 'found' })
    expect(await scanWithClamd(at, Buffer.alloc(60_000_000))).toMatchObject({ result: 'unknown' })
  })
})

test('C8 a scanner that is not there, or talks nonsense, has found nothing out', async () => {
  expect(await scanWithClamd({ path: '/nowhere/clamd.sock' }, Buffer.from('x'))).toEqual({
    result: 'unknown',
    reason: 'ENOENT',
  })
})

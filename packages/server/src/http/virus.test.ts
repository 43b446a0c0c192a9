import { type Clamd, startClamd } from '@parley/dev-env/clamd'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import type { EnterResponse, Problem, UploadResponse } from '@parley/protocol'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Asker, type LinkRig, startLinkRig } from './link/link-rig.fixture.ts'

const bo = 'bo@people.test'

await describeWithPeers(['clamd'], 'C8 files are looked at by ClamAV before anybody gets them', () => {
  let clamd: Clamd
  let holding: LinkRig
  let passing: LinkRig
  const infected = () => ({ name: 'list.txt', type: 'text/plain', bytes: Buffer.from(clamd.planted), inline: false })
  const clean = { name: 'fine.txt', type: 'text/plain', bytes: Buffer.from('nails and boards'), inline: false }

  beforeAll(async () => {
    clamd = await startClamd()
    const { host, port } = clamd
    const at = { clamd: { host, port } }
    holding = await startLinkRig({ settings: { scanner: { ...at, whenAway: 'hold' } } })
    passing = await startLinkRig({ settings: { scanner: { ...at, whenAway: 'pass' } } })
  })
  afterAll(async () => {
    await holding?.parley.stop()
    await passing?.parley.stop()
    await clamd?.stop()
  })
  let isAway = false
  afterEach(async () => {
    if (isAway) await clamd.start()
    isAway = false
  })
  const goesAway = async () => {
    isAway = true
    await clamd.kill()
  }

  /** A visitor whose question Bo has answered; the delivery is what Bo may reply to. */
  async function asked(rig: LinkRig, question: string) {
    const ana = await rig.asks(question)
    return { ana, offer: await rig.post.receives(bo, question) }
  }
  const filesOf = async (rig: LinkRig, { conversation }: Asker) =>
    (
      await rig.parley.server.db.workerPool.query<{ name: string; scan: string | null }>(
        'select name, scan from attachment where conversation_id = $1 order by name',
        [conversation],
      )
    ).rows
  async function uploads(rig: LinkRig, body: Buffer) {
    const entered = await rig.call<EnterResponse>('/api/visitor/enter', { site: 'shop' })
    const response = await fetch(`${rig.parley.url}/api/uploads?name=list.txt`, {
      method: 'POST',
      headers: { authorization: `Bearer ${entered.body.token}`, 'content-type': 'text/plain' },
      body: new Uint8Array(body),
    })
    return { status: response.status, body: (await response.json()) as UploadResponse & Problem }
  }

  test('one that holds a virus is refused in the window, in words', async () => {
    const refused = await uploads(holding, infected().bytes)
    expect(refused).toMatchObject({ status: 415, body: { reason: 'file-infected' } })
    expect(refused.body.text).toContain('the virus scanner found something')
    expect((await uploads(holding, clean.bytes)).status).toBe(200)
  })

  test('one that came in by mail is left out, its writer is told over their medium, and the rest arrives', async () => {
    const { ana, offer } = await asked(holding, 'Which nails do I need?')
    await holding.post.replies(offer, 'These.', bo, 'These.', [infected(), clean])
    expect(await filesOf(holding, ana)).toEqual([{ name: 'fine.txt', scan: 'clean' }])
    const told = await holding.post.receives(bo, 'list.txt')
    expect(JSON.stringify(told.content)).toContain('wurde ein Virus gefunden')
  })

  test('while the scanner is away, nothing with a file is taken, and it comes in when it is back', async () => {
    const { ana, offer } = await asked(holding, 'Which boards do I need?')
    await goesAway()
    const reply = () => holding.post.replies(offer, 'These boards.', bo, 'These boards.', [clean])
    await expect(reply()).rejects.toThrow('scanner')
    expect((await uploads(holding, clean.bytes)).status).toBe(503)
    expect(await filesOf(holding, ana)).toEqual([])
    await clamd.start()
    isAway = false
    expect(await reply()).toMatchObject({ outcome: 'accepted' })
    expect(await filesOf(holding, ana)).toEqual([{ name: 'fine.txt', scan: 'clean' }])
  })

  test('words without a file pass while it is away', async () => {
    const { offer } = await asked(holding, 'Are you open?')
    await goesAway()
    expect(await holding.post.replies(offer, 'Yes.', bo)).toMatchObject({ outcome: 'accepted' })
  })

  test('where the house has decided so, files pass meanwhile, and are marked', async () => {
    const { ana, offer } = await asked(passing, 'Which screws do I need?')
    await goesAway()
    await passing.post.replies(offer, 'These.', bo, 'These.', [clean])
    expect(await filesOf(passing, ana)).toEqual([{ name: 'fine.txt', scan: 'unknown' }])
  })
})

import { findLeaks } from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { minutes, seconds } from '@parley/model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addressOf, names, openStage, type Stage } from './stage.ts'

const patience = 15_000

await describeWithPeers(['postfix', 'dovecot', 'chromium'], 'a question that nobody wants', () => {
  let stage: Stage
  let aheadMs = 0
  beforeAll(async () => {
    stage = await openStage({
      responders: [
        { name: 'bo', alias: 'Juniper', criteria: { all: [{ about: 'words', oneOf: ['boat*'] }] } },
        { name: 'cleo', alias: 'Heather', criteria: { none: [{ about: 'words', oneOf: ['hammock*'] }] } },
      ],
      clock: { now: () => new Date(Date.now() + aheadMs) },
    })
  })
  afterAll(() => stage?.close())

  test('A5 A6 A12 nobody matches: the visitor is told so and leaves an address; who wants such questions later is asked then, and the answer arrives there', async () => {
    const [bo, cleo, anasMail] = [await stage.person('bo'), await stage.person('cleo'), await stage.person('ana')]
    const ana = await stage.visitor()
    await ana.says('How high do I hang a hammock?')
    await ana.window.getByText('Nobody is free to answer just now').waitFor({ timeout: patience })
    await ana.window.getByRole('button', { name: 'Continue by email' }).click()
    const dialog = ana.window.getByRole('dialog', { name: 'Continue by email' })
    await dialog.getByRole('textbox', { name: 'Email address' }).fill(anasMail.address)
    await dialog.getByRole('button', { name: 'Send me a code' }).click()
    const code = await anasMail.receivesEmail(/code/i)
    await dialog.getByRole('textbox', { name: 'Code' }).fill(/\b\d{6}\b/.exec(code.text)?.[0] ?? 'no code')
    await dialog.getByRole('button', { name: 'Confirm' }).click()
    await ana.window.getByText(`Answers will also reach you at ${anasMail.address}`).waitFor({ timeout: patience })
    await ana.leaves()

    // Cleo has come to like hammocks, and the search looks again after a while.
    const desk = await stage.atDesk('cleo')
    const saved = await desk.page.evaluate(async () => {
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify({ criteria: {} })
      return (await fetch('/api/desk/me/criteria', { method: 'PUT', headers, body })).status
    })
    expect(saved).toBe(200)
    aheadMs = minutes(6)
    const question = await cleo.receivesEmail(/hang a hammock/)
    await cleo.repliesTo(question, 'As high as a chair.', { quoting: 'apple' })
    const answer = await anasMail.receivesEmail(/high as a chair/)
    expect(answer.from.name).toBe('Heather')
    await anasMail.repliesTo(answer, 'Thank you!')
    await cleo.receivesEmail(/Thank you!/)
    expect(await bo.inbox()).toEqual([])
    expect((await cleo.allRaw()).flatMap((raw) => findLeaks(raw, [addressOf('ana'), 'Castellanos']))).toEqual([])
    const cleos = [addressOf('cleo'), names.cleo?.split(' ')[1] ?? '']
    expect((await anasMail.allRaw()).flatMap((raw) => findLeaks(raw, cleos))).toEqual([])
    expect([ana.problems(), desk.problems(), stage.parley.complaints]).toEqual([[], [], []])
    await desk.leaves()
  })
})

await describeWithPeers(['postfix', 'dovecot', 'chromium'], 'a question that nobody answers in time', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({
      responders: [{ name: 'bo', alias: 'Juniper' }],
      policy: { hunt: { patienceMs: seconds(2) } },
    })
  })
  afterAll(() => stage?.close())

  test('A6 A10 A12 nobody answers in time: the visitor is told so, and who answers later still reaches them, here and by mail', async () => {
    const [bo, anasMail] = [await stage.person('bo'), await stage.person('ana')]
    const ana = await stage.visitor()
    await ana.says('Does felt shrink in the rain?')
    const question = await bo.receivesEmail(/felt shrink/)
    await ana.window.getByText('Nobody is free to answer just now').waitFor({ timeout: 2 * patience })
    await ana.goesOnByEmail(anasMail)
    await bo.repliesTo(question, 'Only in hot water.')
    await ana.sees('Only in hot water.')
    await ana.window.getByText('Nobody is free to answer just now').waitFor({ state: 'detached' })
    await ana.says('Thank you!')
    await ana.page.close()
    await bo.repliesTo(await bo.receivesEmail(/Thank you!/), 'Gladly.')
    await anasMail.receivesEmail(/Gladly/)
    expect([ana.problems(), stage.parley.complaints]).toEqual([[], []])
  })
})

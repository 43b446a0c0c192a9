import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage } from './stage.ts'

await describeWithPeers(['postfix', 'dovecot', 'chromium'], 'the responder moves between desk and mail', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ responders: [{ name: 'bo', alias: 'Juniper' }] })
  })
  afterAll(() => stage?.close())

  test('A8 A11 answers at the desk, goes on by mail, comes back to the desk: each message once, in order, over the medium last used', async () => {
    const bo = await stage.person('bo')
    const ana = await stage.visitor()
    await ana.says('Does the kayak come with a paddle?')
    const question = await bo.receivesEmail(/kayak/)
    const desk = await stage.atDesk('bo')
    await desk.opens('Does the kayak come with a paddle?')
    await desk.answersQuestion('With one of wood.')
    await ana.sees('With one of wood.')
    await ana.says('How long is it?')
    await desk.sees('How long is it?')

    // By the very first mail, while the desk is open: from now on mail is the medium.
    await bo.repliesTo(question, 'Two metres ten.', { quoting: 'outlook' })
    await ana.sees('Two metres ten.')
    await desk.sees('Two metres ten.')
    await ana.says('Is it painted?')
    const third = await bo.receivesEmail(/Is it painted/)
    expect(third.text).toContain('Two metres ten.')
    await bo.repliesTo(third, 'Oiled only.', { quoting: 'thunderbird' })
    await ana.sees('Oiled only.')

    await desk.says('I can paint it for you.')
    await ana.says('Red, please!')
    const said = [
      'Does the kayak come with a paddle?',
      'With one of wood.',
      'How long is it?',
      'Two metres ten.',
      'Is it painted?',
      'Oiled only.',
      'I can paint it for you.',
      'Red, please!',
    ]
    await desk.seesExactly(said)
    await ana.seesExactly(said)
    // What was said while the desk was the medium went there alone; and what went by mail came once.
    const mailed = (await bo.inbox()).map(({ text }) => /^(?:Visitor wrote:|Visitor asks:)\s+(.*)$/m.exec(text)?.[1])
    expect(mailed).toEqual(['Does the kayak come with a paddle?', 'Is it painted?'])
    expect([ana.problems(), desk.problems(), stage.parley.complaints]).toEqual([[], [], []])

    // The desk is closed: what waits there goes by mail after a while.
    await desk.leaves()
    await ana.says('And when is it ready?')
    await bo.repliesTo(await bo.receivesEmail(/when is it ready/), 'On Friday.')
    await ana.seesExactly([...said, 'And when is it ready?', 'On Friday.'])
    await ana.leaves()
  })
})

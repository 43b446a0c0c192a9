import { repliesWithSNail } from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage } from './stage.ts'

await describeWithPeers(['postfix', 'dovecot', 'chromium', 's-nail'], 'two visitors and one responder', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await openStage({ responders: [{ name: 'bo', alias: 'Juniper' }] })
  })
  afterAll(() => stage?.close())

  test('A8 A13 two conversations at once: each reply reaches the right visitor, in whatever order, under a changed subject, and from another mail program', async () => {
    const bo = await stage.person('bo')
    const [ana, ben] = [await stage.visitor(), await stage.visitor()]
    await ana.says('Is the blue tent in stock?')
    await ben.says('Do you repair boots?')
    const aboutTent = await bo.receivesEmail(/blue tent/)
    const aboutBoots = await bo.receivesEmail(/repair boots/)
    expect(aboutTent.replyTo).not.toEqual(aboutBoots.replyTo)

    await bo.repliesTo(aboutBoots, 'We do, it takes a week.', { quoting: 'apple' })
    await bo.repliesTo(aboutTent, 'Three are left.', { quoting: 'gmail', subject: 'boots?? no, tents' })
    await ana.seesExactly(['Is the blue tent in stock?', 'Three are left.'])
    await ben.seesExactly(['Do you repair boots?', 'We do, it takes a week.'])

    await ben.says('And what does it cost?')
    await ana.says('Keep one for me, please.')
    const second = await bo.receivesEmail(/Keep one for me/)
    await repliesWithSNail(second, 'Done, until Friday.', {
      name: bo.name,
      address: bo.address,
      smtp: stage.mail.postfix,
    })
    await bo.repliesTo(await bo.receivesEmail(/what does it cost/), '40 a pair.', { quoting: 'bottom' })

    const tent = ['Is the blue tent in stock?', 'Three are left.', 'Keep one for me, please.', 'Done, until Friday.']
    const boots = ['Do you repair boots?', 'We do, it takes a week.', 'And what does it cost?', '40 a pair.']
    await ana.seesExactly(tent)
    await ben.seesExactly(boots)

    // The very first mails go on working, long after others came.
    await bo.repliesTo(aboutTent, 'It is at the till.', { quoting: 'none' })
    await ana.seesExactly([...tent, 'It is at the till.'])
    await ben.seesExactly(boots)
    expect([ana.problems(), ben.problems(), stage.parley.complaints]).toEqual([[], [], []])
    await Promise.all([ana.leaves(), ben.leaves()])
  })
})

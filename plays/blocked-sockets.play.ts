import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Visitor } from './visitor.ts'
import { openWindowStage, type WindowStage } from './window-stage.ts'

await describeWithPeers(['chromium'], 'a network that blocks sockets', () => {
  let stage: WindowStage

  beforeAll(async () => {
    stage = await openWindowStage()
  })
  afterAll(() => stage?.close())

  test('A17 A3 where sockets are blocked the window polls, nothing is lost either way, and where they work again it takes them', async () => {
    const juniper = await stage.answerer('Juniper')
    const ana = new Visitor(await stage.browser.newPerson())
    let isBlocked = true
    let sockets = 0
    let polls = 0
    await ana.page.routeWebSocket(/\/rt$/, (socket) => {
      if (isBlocked) {
        void socket.close({ code: 1006 })
        return
      }
      sockets += 1
      socket.connectToServer()
    })
    ana.page.on('request', (request) => {
      if (request.url().endsWith('/rt/poll')) polls += 1
    })
    await ana.goes(stage.shop.url)
    await ana.opensWindow()
    await ana.says('Can you hear me?')
    const interaction = await juniper.answers('hear me', 'Loud and clear.')
    await ana.sees('Loud and clear.')
    expect(polls).toBeGreaterThan(1)

    const said = ['Can you hear me?', 'Loud and clear.']
    for (const round of [1, 2, 3]) {
      juniper.says(interaction, `From the desk ${round}`)
      await ana.sees(`From the desk ${round}`)
      await ana.says(`From the window ${round}`)
      await juniper.hears(`From the window ${round}`)
      said.push(`From the desk ${round}`, `From the window ${round}`)
    }
    await ana.seesExactly(said)
    expect(sockets).toBe(0)

    // Said while the page is away, read by polling on the next.
    juniper.says(interaction, 'While you were reading elsewhere')
    await ana.goes(`${stage.shop.url}other`)
    await ana.isOpen()
    await ana.seesExactly([...said, 'While you were reading elsewhere'])

    isBlocked = false
    await ana.page.reload()
    await ana.isOpen()
    await ana.seesExactly([...said, 'While you were reading elsewhere'])
    const before = polls
    await ana.says('By a socket now')
    await juniper.hears('By a socket now')
    expect(sockets).toBe(1)
    expect(polls).toBe(before)
    // The browser's own line about each socket that a network refuses cannot be helped.
    expect(ana.problems().filter(({ text }) => !text.includes('WebSocket connection'))).toEqual([])
    juniper.leaves()
    await ana.leaves()
  })
})

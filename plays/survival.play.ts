import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Visitor } from './visitor.ts'
import { openWindowStage, type WindowStage } from './window-stage.ts'

const patience = 15_000

await describeWithPeers(['chromium'], 'a conversation that nothing ends', () => {
  let stage: WindowStage

  beforeAll(async () => {
    stage = await openWindowStage()
  })
  afterAll(() => stage?.close())

  test('A2 A3 the conversation, and what was written but not sent, survive reload, second tab, second page and browser restart', async () => {
    const juniper = await stage.answerer('Juniper')
    const ana = await stage.visitor()
    await ana.says('Do you ship to Bergen?')
    const interaction = await juniper.answers('Bergen', 'We do.')
    await ana.seesExactly(['Do you ship to Bergen?', 'We do.'])
    await ana.writes('And how lo')

    await ana.page.reload()
    await ana.isOpen()
    await ana.seesExactly(['Do you ship to Bergen?', 'We do.'])
    await expect.poll(() => ana.draft(), { timeout: patience }).toBe('And how lo')

    // A second tab shows the same at the same moment, whoever speaks and wherever.
    const secondTab = new Visitor(ana.person, await ana.person.newPage())
    await secondTab.goes(stage.shop.url)
    await secondTab.opensWindow()
    await secondTab.seesExactly(['Do you ship to Bergen?', 'We do.'])
    juniper.says(interaction, 'It takes three days.')
    await Promise.all([ana.sees('It takes three days.'), secondTab.sees('It takes three days.')])
    await secondTab.says('Fine, thank you.')
    await ana.sees('Fine, thank you.')
    await secondTab.page.close()

    // Another page of the shop: the window is as open as it was left, and closed stays closed.
    await ana.page.getByRole('link', { name: 'Other page' }).click()
    await ana.page.getByRole('heading', { name: 'Another page' }).waitFor()
    await ana.isOpen()
    const all = ['Do you ship to Bergen?', 'We do.', 'It takes three days.', 'Fine, thank you.']
    await ana.seesExactly(all)
    await ana.window.getByRole('button', { name: 'Close' }).click()
    await ana.goes(stage.shop.url)
    await ana.launcher.waitFor()
    expect(await ana.launcher.getAttribute('aria-expanded')).toBe('false')

    await ana.restartsBrowser()
    await ana.goes(stage.shop.url)
    await ana.opensWindow()
    await ana.seesExactly(all)
    await ana.says('Me again.')
    await juniper.hears('Me again.')
    expect(ana.problems()).toEqual([])
    juniper.leaves()
    await ana.leaves()
  })

  test('A3 what is said while nobody looks is counted on the button of the next page', async () => {
    const juniper = await stage.answerer('Juniper')
    const ana = await stage.visitor()
    await ana.says('Is the red kayak still there?')
    const interaction = await juniper.answers('red kayak', 'I will look.')
    await ana.sees('I will look.')
    await ana.window.getByRole('button', { name: 'Close' }).click()
    juniper.says(interaction, 'It is.')
    await ana.page.getByRole('button', { name: 'Chat (1)' }).waitFor({ timeout: patience })
    await ana.goes(`${stage.shop.url}other`)
    await ana.page.getByRole('button', { name: 'Chat (1)' }).click({ timeout: patience })
    await ana.sees('It is.')
    await ana.window.getByRole('button', { name: 'Close' }).click()
    await expect.poll(() => ana.launcher.getAttribute('aria-label'), { timeout: patience }).toBe('Chat')
    expect(ana.problems()).toEqual([])
    juniper.leaves()
    await ana.leaves()
  })

  test('A3 A18 the server restarts under an open window: it comes back by itself, nothing is lost or doubled, and what was said meanwhile is sent', async () => {
    let juniper = await stage.answerer('Juniper')
    const ana = await stage.visitor()
    await ana.says('First question')
    const interaction = await juniper.answers('First question', 'First answer')
    await ana.seesExactly(['First question', 'First answer'])

    await stage.restarts(async () => {
      await ana.says('Said while the server was away')
      await ana.window.getByText('Sending…').waitFor({ timeout: patience })
      await ana.window.getByText('Connection lost. Reconnecting…').waitFor({ timeout: patience })
      await ana.writes('not yet sen')
    })
    await juniper.hears('Said while the server was away')
    juniper.says(interaction, 'Second answer')
    await ana.sees('Second answer')
    await ana.window.getByText('Sending…').waitFor({ state: 'detached', timeout: patience })
    await ana.window.getByText('Connection lost').waitFor({ state: 'hidden', timeout: patience })
    const all = ['First question', 'First answer', 'Said while the server was away', 'Second answer']
    await ana.seesExactly(all)
    expect(await ana.draft()).toBe('not yet sen')
    expect(juniper.texts().filter((text) => text.startsWith('Said while'))).toHaveLength(1)
    juniper.leaves()

    // And once more with the page loaded anew while nobody answers.
    await ana.page.reload()
    await ana.isOpen()
    await ana.seesExactly(all)
    juniper = await stage.answerer('Juniper')
    await juniper.hears('Second answer')
    // What a browser says of a server that is away is no fault of ours; anything else is.
    expect(ana.problems().filter(({ text }) => !/ERR_(CONNECTION|EMPTY)/.test(text))).toEqual([])
    juniper.leaves()
    await ana.leaves()
  })
})

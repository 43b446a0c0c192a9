import { describeWithPeers } from '@parley/dev-env/with-peers'
import type { ServerFrame } from '@parley/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWindowStage, type WindowStage } from './window-stage.ts'

const patience = 30_000

await describeWithPeers(['chromium'], 'the structure at the desk', () => {
  let stage: WindowStage
  beforeAll(async () => {
    stage = await openWindowStage({
      sites: [{ key: 'shop', policy: { circle: 'shared', admission: { kind: 'any' } } }],
      responders: ['Juniper', 'Heather', 'Sorrel'],
    })
  })
  afterAll(() => stage?.close())

  test('C3 C4 E6 one whispers, the other responds, the visitor sees nothing of it; two conversations are drawn together and apart again', async () => {
    const juniper = await stage.atDesk('Juniper')
    const heather = await stage.atDesk('Heather')
    const ana = await stage.visitor()
    await ana.says('Which paddle for a tall person?')
    await juniper.opens('Which paddle')
    await heather.opens('Which paddle')
    await juniper.answersQuestion('One moment, please.')
    await heather.answersQuestion('Hello from me too.')
    await juniper.sees('Hello from me too.')

    await juniper.page.getByRole('textbox', { name: 'Write a message' }).press('Control+k')
    const inside = juniper.page.getByRole('textbox', { name: 'Write inside' })
    await inside.fill('Offer her the long one.', { timeout: patience })
    await inside.press('Enter')
    const whisper = heather.page.getByRole('group', { name: /^Whisper with/ })
    await whisper.getByText('Offer her the long one.').waitFor({ timeout: patience })
    await whisper.getByRole('button', { name: 'Respond' }).click()
    const answer = heather.page.getByRole('textbox', { name: 'Write inside' })
    await answer.fill('I will.', { timeout: patience })
    await answer.press('Enter')
    await juniper.page
      .getByRole('group', { name: /^Whisper with/ })
      .getByText('I will.')
      .waitFor({ timeout: patience })
    await heather.page.getByRole('textbox', { name: 'Write inside' }).press('Control+k')
    await heather.says('230 centimetres.')
    await ana.sees('230 centimetres.')
    await ana.seesExactly([
      'Which paddle for a tall person?',
      'One moment, please.',
      'Hello from me too.',
      '230 centimetres.',
    ])

    const ben = await stage.visitor()
    await ben.says('And which canoe?')
    await juniper.opens('And which canoe?')
    await juniper.answersQuestion('The green one.')
    const box = juniper.page.getByRole('textbox', { name: 'Write a message' })
    await box.fill('Or is the', { timeout: patience })
    const list = juniper.page.getByRole('navigation')
    const first = list.getByRole('link').filter({ hasText: /230 centimetres/ })
    const second = list.getByRole('link').filter({ hasText: /The green one/ })
    await second.dragTo(first, { timeout: patience })
    const dialog = juniper.page.getByRole('dialog', { name: /^Merge/ })
    await dialog.getByRole('button', { name: 'Merge', exact: true }).click({ timeout: patience })
    await juniper.sees('230 centimetres.')
    await juniper.sees('The green one.')
    await second.waitFor({ state: 'visible', timeout: patience })
    await expect.poll(() => list.locator('a.row').count(), { timeout: patience }).toBe(1)
    // What was begun is not lost.
    await expect.poll(() => box.inputValue(), { timeout: patience }).toBe('Or is the')
    await juniper.page.getByRole('status').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => list.locator('a.row').count(), { timeout: patience }).toBe(2)
    await ben.seesExactly(['And which canoe?', 'The green one.'])
    await ana.says('Thank you!')
    await juniper.sees('Thank you!')
    expect(ana.heard.pieces).toBeGreaterThan(0)
    expect(await ana.heard.leaks(['Offer her the long one', 'I will.'])).toEqual([])
    expect([ana.problems(), ben.problems(), stage.parley.complaints]).toEqual([[], [], []])
    await Promise.all([ana.leaves(), ben.leaves(), juniper.leaves(), heather.leaves()])
  })

  test('C3 E6 a coach watches a chat live and whispers; the operator responds, then answers the visitor, whose page has nothing of it', async () => {
    const operator = await stage.atDesk('Juniper')
    const cleo = await stage.visitor()
    await cleo.says('Do you rent tents?')
    await operator.opens('Do you rent tents?')
    await operator.answersQuestion('We do, for three people.')
    await cleo.sees('We do, for three people.')

    await stage.promotes('Sorrel', 'supervisor')
    const coach = await stage.atDesk('Sorrel')
    await coach.page.getByRole('link', { name: 'Watch' }).click({ timeout: patience })
    const watched = coach.page
      .locator('.watch-row')
      .filter({ has: coach.page.getByText('Exchange', { exact: true }) })
      .first()
    await watched.getByRole('button', { name: /^Observe: Exchange/ }).click({ timeout: patience })
    await coach.page.getByRole('link', { name: 'Open', exact: true }).first().click({ timeout: patience })
    await coach.sees('We do, for three people.')
    await cleo.says('And for four?')
    await coach.sees('And for four?')
    await operator.sees('And for four?')

    // From here on nothing reaches the visitor, until the operator answers.
    await cleo.heard.settles()
    const [before, page] = [cleo.heard.pieces, await cleo.looks()]
    const box = coach.page.getByRole('textbox', { name: 'Write inside' })
    await box.pressSequentially('Offer the two small ones for the price of one.', { timeout: patience })
    await box.press('Enter')
    const whisper = operator.page.getByRole('group', { name: /^Whisper with/ })
    await whisper.getByText('Offer the two small ones').waitFor({ timeout: patience })
    await whisper.getByText('The visitor does not see this').waitFor({ timeout: patience })
    await whisper.getByRole('button', { name: 'Respond' }).click()
    const inside = operator.page.getByRole('textbox', { name: 'Write inside' })
    await inside.pressSequentially('Good, I will.', { timeout: patience })
    await inside.press('Enter')
    await coach.page
      .getByRole('group', { name: /^Whisper with/ })
      .getByText('Good, I will.')
      .waitFor({ timeout: patience })
    expect((await cleo.heard.since(before)).filter((piece) => !/"t":"pong"/.test(piece))).toEqual([])
    expect(await cleo.looks()).toEqual(page)

    await operator.page.getByRole('textbox', { name: 'Write inside' }).press('Control+k')
    await operator.says('Two small ones, for the price of one.')
    await coach.sees('Two small ones, for the price of one.')
    await cleo.seesExactly([
      'Do you rent tents?',
      'We do, for three people.',
      'And for four?',
      'Two small ones, for the price of one.',
    ])
    // No gap tells of it either: the numbers of what the visitor said and got run on.
    const numbers = new Map<string, Set<number>>()
    const note = (interaction: string, n: number) =>
      numbers.set(interaction, (numbers.get(interaction) ?? new Set()).add(n))
    for (const frame of (await cleo.heard.since(0)).flatMap(toFrame)) {
      if (frame.t === 'messages') for (const { n } of frame.messages) note(frame.interaction, n)
      if (frame.t === 'said') for (const { interaction, n } of frame.places) note(interaction, n)
    }
    const runs = [...numbers.values()].map((each) => [...each].sort((a, b) => a - b))
    expect(Math.max(...runs.map(({ length }) => length))).toBeGreaterThan(2)
    for (const run of runs) expect(run).toEqual(run.map((_, at) => (run[0] ?? 0) + at))
    expect(await cleo.heard.leaks(['Offer the two small', 'Good, I will', 'Sorrel'])).toEqual([])
    expect([cleo.problems(), operator.problems(), coach.problems(), stage.parley.complaints]).toEqual([[], [], [], []])
    await Promise.all([cleo.leaves(), operator.leaves(), coach.leaves()])
  })

  test('C9 what is erased goes at once from the window and the desk that have it open, each says so, and the visitor can begin anew', async () => {
    const juniper = await stage.atDesk('Juniper')
    const heather = await stage.answerer('Heather')
    await stage.promotes('Sorrel', 'administrator')
    const sorrel = await stage.answerer('Sorrel')
    const dana = await stage.visitor()
    await dana.says('Whose is the nightingale?')
    await juniper.opens('Whose is the nightingale?')
    await juniper.answersQuestion('Nobody knows.')
    await heather.answers('Whose is the nightingale?', 'It is mine.')
    for (const one of [dana, juniper]) await one.sees('It is mine.')

    const person = heather.client.transcript.you?.person
    expect(await sorrel.client.perform('erase-person', { person })).toMatchObject({ ok: true })
    await dana.window.getByText('These words were erased.').waitFor({ timeout: patience })
    await juniper.log.getByText('This was erased.').waitFor({ timeout: patience })
    for (const { page } of [dana, juniper]) expect(await page.content()).not.toContain('It is mine.')
    await dana.seesExactly(['Whose is the nightingale?', 'Nobody knows.'])
    expect([...heather.client.transcript.interactions]).toEqual([])

    await dana.writes('Then I')
    await juniper.page.getByRole('textbox', { name: 'Write a message' }).fill('The nightingale', { timeout: patience })
    const kept = () => juniper.page.evaluate(() => JSON.stringify(localStorage).includes('The nightingale'))
    expect(await kept()).toBe(true)
    const conversation = /conversations\/([\w-]+)/.exec(juniper.page.url())?.[1]
    expect(await sorrel.client.perform('erase', { conversation })).toMatchObject({ ok: true })
    const gone = dana.window.getByRole('status').getByText('This conversation is gone')
    await gone.waitFor({ timeout: patience })
    await juniper.page.getByRole('heading', { name: 'Not here' }).waitFor({ timeout: patience })
    await juniper.page.getByText('it was erased').waitFor({ timeout: patience })
    await dana.seesExactly([])
    expect(await juniper.page.getByText(/nightingale|Nobody knows/).count()).toBe(0)
    await expect.poll(kept, { timeout: patience }).toBe(false)

    await dana.window.getByRole('button', { name: 'Start a new one' }).click({ timeout: patience })
    expect(await dana.draft()).toBe('Then I')
    await dana.says('Good morning!')
    await juniper.opens('Good morning!')
    await dana.page.reload()
    await dana.isOpen()
    await dana.seesExactly(['Good morning!'])
    // That it is not there is the browser's own line.
    const problems = [...dana.problems(), ...juniper.problems()].filter(({ text }) => !/status of 404/.test(text))
    expect([problems, stage.parley.complaints]).toEqual([[], []])
    heather.leaves()
    sorrel.leaves()
    await Promise.all([dana.leaves(), juniper.leaves()])
  })
})

/** What came over a socket; anything else that was given is none. */
function toFrame(piece: string): ServerFrame[] {
  return piece.startsWith('{"t":') ? [JSON.parse(piece) as ServerFrame] : []
}

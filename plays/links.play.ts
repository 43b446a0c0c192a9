import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage } from './stage.ts'
import { Visitor } from './visitor.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage({
    responders: [
      { name: 'bo', alias: 'Juniper' },
      { name: 'cleo', alias: 'Heather' },
      { name: 'dag', alias: 'Thistle' },
    ],
  })
})
afterAll(() => stage?.close())

/** The link's own page: the window alone, without any shop around it. */
async function follows(link: string): Promise<Visitor> {
  const visitor = new Visitor(await stage.browser.newPerson({ viewport: { width: 390, height: 844 } }), undefined, true)
  await visitor.goes(link)
  await visitor.isOpen()
  return visitor
}

test('A4 A15 a direct link of each property reaches its own agent and nobody else, from its own page and from a host page', async () => {
  const desk = await stage.atDesk('bo')
  await desk.page.getByRole('link', { name: 'Administration' }).click()
  await desk.page.getByRole('link', { name: 'Links' }).click()
  const makes = async (name: string, agent: string, code: string) => {
    await desk.page.getByLabel('What it stands for').fill(name)
    await desk.page.getByLabel('Word in the address').fill(code)
    await desk.page.getByRole('combobox', { name: /^Only these people/ }).click()
    await desk.page.getByRole('option', { name: agent }).click()
    await desk.page.getByLabel('What it stands for').click()
    await desk.page.getByRole('button', { name: 'Make the link' }).click()
    const row = desk.page.locator('.admin-row').filter({ hasText: name })
    return (await row.locator('.admin-url').first().textContent()) ?? ''
  }
  const mill = await makes('Mill House', 'Cleo Marchetti', 'mill-house')
  const barn = await makes('Red Barn', 'Dag Halvorsen', 'red-barn')
  expect(mill).toMatch(/\/l\/mill-house$/)

  const [bo, cleo, dag] = await Promise.all(['bo', 'cleo', 'dag'].map((name) => stage.person(name)))
  const ana = await follows(mill)
  await ana.says('Does the roof leak?')
  await cleo?.receivesEmail(/Does the roof leak/)

  // The same visitor goes on to another property: another agent, and neither reads the other's exchange.
  await ana.goes(barn)
  await ana.isOpen()
  await ana.says('Is there a cellar?')
  const asked = await dag?.receivesEmail(/Is there a cellar/)
  if (!asked || !dag) throw new Error('nobody was asked')
  await dag.repliesTo(asked, 'Two of them.')
  await ana.sees('Two of them.')
  await ana.goes(mill)
  await ana.sees('Does the roof leak?')
  expect(await ana.transcript()).toEqual(['Does the roof leak?'])

  // On the shop's own page the link stands in the address, and the window is the one that is always there.
  const ben = new Visitor(await stage.browser.newPerson())
  await ben.goes(`${stage.shop.url}?parley-link=red-barn`)
  await ben.opensWindow()
  await ben.says('How old is it?')
  await dag.receivesEmail(/How old is it/)

  const everything = async (one: typeof bo) => (await one?.inbox())?.map(({ text }) => text).join('\n') ?? ''
  expect(await everything(cleo)).not.toMatch(/cellar|How old/)
  expect(await everything(dag)).not.toMatch(/roof/)
  expect(await everything(bo)).not.toMatch(/roof|cellar|How old/)

  // An ended link says so kindly, and whoever came by it before still finds back; one that never was has a page too.
  await desk.page.getByRole('button', { name: 'End Mill House' }).click()
  await desk.page.locator('.admin-row').filter({ hasText: 'Mill House' }).getByText('Ended').waitFor()
  const late = await stage.browser.newPerson()
  await late.page.goto(mill)
  await late.page.getByText('that time is over').waitFor()
  await ana.goes(mill)
  await ana.sees('Does the roof leak?')
  await late.page.goto(mill.replace('mill-house', 'nowhere-at-all'))
  await late.page.getByRole('heading', { name: 'This link leads nowhere' }).waitFor()
  await desk.page.reload()
  await desk.page.locator('.admin-row').filter({ hasText: 'Red Barn' }).getByText('Conversations: 2').waitFor()
  expect(stage.parley.complaints).toEqual([])
})

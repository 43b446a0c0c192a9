import { mkdir } from 'node:fs/promises'
import { axeFindings } from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Deskperson } from './deskperson.ts'
import type { Visitor } from './visitor.ts'
import { openWindowStage, type WindowStage } from './window-stage.ts'

const patience = { timeout: 30_000 }
/** Who is still adding examples is left in peace for ten seconds, and then somebody has to look. */
const learned = { timeout: 60_000 }
const pictures = process.env.PARLEY_PICTURES

const examples = {
  Tents: [
    'my tent leaks',
    'the tent pole is broken',
    'tent pegs are missing',
    'how do I pitch the tent',
    'rain comes into the tent',
  ],
  Boats: [
    'the boat has a hole',
    'my canoe is leaking',
    'the paddle of the boat broke',
    'which boat for a lake',
    'the oars are too short',
  ],
}

await describeWithPeers(['chromium'], 'reading what visitors write', () => {
  let stage: WindowStage
  let desk: Deskperson
  let ana: Visitor

  beforeAll(async () => {
    if (pictures) await mkdir(pictures, { recursive: true })
    stage = await openWindowStage({
      responders: ['Juniper'],
      sites: [
        {
          key: 'shop',
          topics: [
            { key: 'tents', names: { en: 'Tents', ar: 'خيام' } },
            { key: 'boats', names: { en: 'Boats', ar: 'قوارب' } },
          ],
          policy: { window: { topic: 'no' } },
        },
      ],
    })
    desk = await stage.atDesk('Juniper')
    ana = await stage.visitor()
  })
  afterAll(async () => {
    await Promise.all([ana?.leaves(), desk?.leaves()])
    await stage?.close()
  })

  test('D3: an administrator teaches topics, products and numbers, sees how well they are told apart, tries a sentence, and visitors are read by it', async () => {
    const { page } = desk
    const section = (name: string) => page.getByRole('region', { name, exact: true })
    await page.getByRole('link', { name: 'Administration' }).click(patience)
    await page.getByRole('link', { name: 'Reading', exact: true }).click(patience)

    for (const [topic, texts] of Object.entries(examples)) {
      await page.locator('summary').filter({ hasText: topic }).click(patience)
      const lesson = page.locator('details[open]').filter({ hasText: topic })
      await lesson.getByRole('textbox', { name: 'Examples' }).fill(texts.join('\n'), patience)
      await lesson.getByRole('button', { name: 'Add examples' }).click()
      await lesson.getByText(`Added: ${texts.length}`).waitFor(patience)
      await page.locator('summary').filter({ hasText: topic }).click()
    }

    const products = section('Products')
    await products.getByRole('textbox', { name: 'Product', exact: true }).fill('Fjord canoe')
    await products.getByRole('button', { name: 'Add product' }).click()
    await products.getByText('Fjord canoe').waitFor(patience)

    const numbers = section('Order and account numbers')
    const pattern = numbers.getByRole('textbox', { name: 'Pattern' })
    await numbers.getByRole('textbox', { name: 'Name' }).fill('order')
    await pattern.fill('(#+)+')
    await numbers.getByRole('button', { name: 'Save pattern' }).click()
    await numbers.getByRole('alert').getByText('There are no groups or alternatives here').waitFor(patience)
    await pattern.fill('ORD-#####')
    await numbers.getByRole('button', { name: 'Save pattern' }).click()
    await numbers.getByText('order: ORD-#####').waitFor(patience)

    await section('How well it goes')
      .getByText(/of 10 examples that were held back/)
      .waitFor(learned)

    const box = section('Try a sentence')
    await box
      .getByRole('textbox', { name: 'What a visitor might write' })
      .fill('the fjord canoe of ord 12345 has a hole')
    await box.getByRole('button', { name: 'Try it' }).click()
    await box.getByText('Topic: Boats').waitFor(patience)
    await box.getByText('Language: English').waitFor(patience)
    await box.getByText('Product: Fjord canoe').waitFor(patience)
    await box.getByText('Number: order ORD-12345').waitFor(patience)

    for (const [name, viewport] of [
      ['desktop', { width: 1280, height: 860 }],
      ['phone', { width: 390, height: 844 }],
    ] as const) {
      await page.setViewportSize(viewport)
      if (pictures) await page.screenshot({ path: `${pictures}/reading-${name}.png`, fullPage: true })
      expect(await axeFindings(page), name).toEqual([])
      const isWider = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth')
      expect(isWider, `${name}: nothing reaches over the edge`).toBe(false)
    }

    await ana.says('The rain comes into my tent')
    const read = async () => {
      const { rows } = await stage.parley.server.db.workerPool.query<{ facts: { about: string; source: string }[] }>(
        'select facts from ticket order by ticket_id desc limit 1',
      )
      return rows[0]?.facts.filter(({ source }) => source === 'classified').map(({ about }) => about)
    }
    await expect.poll(read, patience).toEqual(['language', 'topic'])
    expect([ana.problems(), stage.parley.complaints]).toEqual([[], []])
  }, 180_000)
})

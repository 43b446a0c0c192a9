import type { SaveScript } from '@parley/protocol'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { FakeServer } from './fake-server.fixture.ts'
import { axeSource, panelStage } from './panel-stage.fixture.ts'
import { funnel, scriptList, scriptView, tried } from './scripts.fixture.ts'

const calls = '/api/desk/admin/scripts'
const list = '/desk/admin/concierge'
const editor = `${list}/${scriptView.id}`

const stage = panelStage({ viewport: { width: 1440, height: 900 } })

function administrator(at: string, options?: BrowserContextOptions): Promise<Page> {
  return stage.opens(at, withScripts, options)
}

function withScripts(server: FakeServer): void {
  server.state.me.role = 'administrator'
  server.answer(`GET ${calls}`, 200, scriptList)
  server.answer(`GET ${calls}/${scriptView.id}`, 200, scriptView)
  server.answer(`GET ${calls}/${scriptView.id}/funnel`, 200, funnel)
  server.answer(`POST ${calls}/check`, 200, { problems: [] })
  server.answer(`POST ${calls}/try`, 200, tried)
  server.answer('GET /api/desk/admin/people', 200, [])
  server.answer('GET /api/desk/admin/teams', 200, [])
}

const asked = (call: string) => stage.server.asked.filter((one) => one.call === call)
const saved = () => asked(`PUT ${calls}/${scriptView.id}`).at(-1)?.body as SaveScript | undefined
const chosen = (page: Page) => page.locator('.step-box[data-chosen="true"]').getAttribute('data-step')

describe('B4 the script editor is open to everyone: axe finds nothing', () => {
  const modes: [string, BrowserContextOptions][] = [
    ['in light', { colorScheme: 'light' }],
    ['in dark', { colorScheme: 'dark' }],
    ['on a phone', { colorScheme: 'light', viewport: { width: 390, height: 844 } }],
    ['from right to left', { colorScheme: 'dark', locale: 'ar' }],
  ]
  const side = async (page: Page, index: number) => {
    const tabs = page.locator('.sides > .mantine-Tabs-list [role="tab"]')
    if ((await tabs.count()) === 0) await page.locator('.editor-bar-second .mantine-Button-root').nth(index).click()
    else await tabs.nth(index).click()
    await page.locator('.side-panel > *').first().waitFor()
  }
  const pages: [string, (page: Page) => Promise<unknown>][] = [
    ['the list', (page) => page.locator('.script-row').nth(1).waitFor()],
    [
      'a script',
      async (page) => {
        await page.locator('.script-row h2 a').first().click()
        await page.locator('[data-kind="hand-over"]').first().waitFor()
        await page.locator('[data-problem="refused"]').first().waitFor()
      },
    ],
    ['a step', (page) => side(page, 0)],
    ['the preview', (page) => side(page, 1).then(() => page.locator('.preview-line').first().waitFor())],
    ['the whole script', (page) => side(page, 2)],
    ['versions', (page) => side(page, 3).then(() => page.locator('.versions li').nth(2).waitFor())],
    [
      'the drop-off picture',
      async (page) => {
        const drawer = page.getByRole('dialog')
        if ((await drawer.count()) > 0) {
          await page.keyboard.press('Escape')
          await drawer.waitFor({ state: 'detached' })
        }
        await page.locator('.mantine-SegmentedControl-label').nth(2).click()
        await page.locator('.funnel-bar').first().waitFor()
      },
    ],
    [
      'a new script and what may be added to it',
      async (page) => {
        await page.goto(`${stage.server.url}${list}/new`)
        await page.locator('.mantine-SegmentedControl-label').first().click()
        await page.locator('.way-label').first().click()
        await page.locator('.kinds button').first().waitFor()
      },
    ],
  ]
  it.each(modes)('%s', { timeout: 180_000 }, async (_, options) => {
    const page = await administrator(list, options)
    stage.server.answer(`POST ${calls}/check`, 200, {
      problems: [{ level: 'refused', because: 'dead-end', step: 'old', path: 'next' }],
    })
    for (const [name, ready] of pages) {
      await ready(page)
      // Colours in the middle of a transition are not the ones that people read.
      await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running'))
      if ((await page.evaluate(() => 'axe' in window)) === false) await page.evaluate(axeSource)
      const found = await page.evaluate(async () => {
        const axe = (window as unknown as { axe: { run(options: unknown): Promise<{ violations: Violation[] }> } }).axe
        interface Violation {
          id: string
          nodes: { html: string; failureSummary?: string }[]
        }
        const { violations } = await axe.run({ resultTypes: ['violations'] })
        return violations.map((one) => ({
          id: one.id,
          nodes: one.nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
        }))
      })
      expect(found, name).toEqual([])
      expect(stage.complaints, name).toEqual([])
      const isWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
      expect(isWide, name).toBe(false)
    }
  })
})

describe('B4 an administrator', () => {
  it('goes through the diagram, adds, removes and takes back without a mouse', async () => {
    const page = await administrator(editor)
    await page.locator('[data-step="topic"]').focus()
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => chosen(page)).toBe('hurry')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => chosen(page)).toBe('number')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-step'))).toBe('number')
    await page.keyboard.press('a')
    const dialog = page.getByRole('dialog', { name: /Add a step after/ })
    await dialog.getByRole('button', { name: /^Message/ }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => chosen(page)).toBe('say-1')
    await dialog.waitFor({ state: 'detached' })
    await page.locator('[data-step="say-1"]').focus()
    await page.keyboard.press('Delete')
    await expect.poll(() => page.locator('[data-step="say-1"]').count()).toBe(0)
    await page.keyboard.press('Control+z')
    await page.locator('[data-step="say-1"]').waitFor()
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(() => page.locator('[data-step="say-1"]').count()).toBe(0)
  })

  it('goes from a step into its form with Enter, and what is typed stands in the diagram at once', async () => {
    const page = await administrator(editor)
    await page.locator('[data-step="old"]').click()
    await page.keyboard.press('Enter')
    const text = page.getByRole('textbox', { name: 'What it says' })
    await expect.poll(() => text.evaluate((box) => box === document.activeElement)).toBe(true)
    await text.fill('That was long ago.')
    await page.locator('[data-step="old"]').getByText('That was long ago.').waitFor()
    await page.keyboard.press('Control+z')
    await page.locator('[data-step="old"]').getByText('is from before the move').waitFor()
  })

  it('connects a way with another step by choosing it from a list', async () => {
    const page = await administrator(editor)
    await page.locator('[data-step="old"]').click()
    await page.getByRole('combobox', { name: 'Goes on at' }).click()
    await page.getByRole('option', { name: /^mail/ }).click()
    await page.getByRole('button', { name: 'Save as version 4' }).click()
    await expect.poll(() => saved()?.script.steps.old).toMatchObject({ next: 'mail' })
  })

  it('sees a problem at the step that it is about, and nothing is saved', async () => {
    const page = await administrator(editor)
    stage.server.answer(`POST ${calls}/check`, 200, {
      problems: [{ level: 'refused', because: 'dead-end', step: 'old', path: 'next' }],
    })
    await page.locator('[data-step="topic"]').click()
    await page.getByRole('textbox', { name: 'What it says' }).fill('Order or repair?')
    await page.locator('[data-step="old"][data-problem="refused"]').waitFor()
    await page.getByRole('button', { name: 'Save as version 4' }).click()
    await expect.poll(() => chosen(page)).toBe('old')
    await page.getByRole('status').getByText('Leads nowhere: choose where it goes on.').waitFor()
    expect(saved()).toBeUndefined()
  })

  it('saves a new version of the one that was edited, and is told what that means', async () => {
    const page = await administrator(editor)
    stage.server.answer(`PUT ${calls}/${scriptView.id}`, 200, { ...scriptView, version: 4, shown: 4 })
    await page.locator('[data-step="old"]').click()
    await page.getByRole('textbox', { name: 'What it says' }).fill('That was long ago.')
    await page.getByRole('status').getByText('Changed, not saved yet').waitFor()
    await page.keyboard.press('Control+s')
    await page.getByRole('status').getByText('Saved as version 4. Conversations under way go on').waitFor()
    expect(saved()?.basedOn).toBe(3)
    expect(saved()?.script.steps.old).toMatchObject({ text: { en: 'That was long ago.' } })
  })

  it('overwrites nobody: what somebody else saved meanwhile is said, and mine is not lost', async () => {
    const page = await administrator(editor)
    stage.server.answer(`PUT ${calls}/${scriptView.id}`, 409, { reason: 'changed-meanwhile', text: '' })
    await page.locator('[data-step="old"]').click()
    await page.getByRole('textbox', { name: 'What it says' }).fill('That was long ago.')
    stage.server.answer(`GET ${calls}/${scriptView.id}`, 200, { ...scriptView, version: 7 })
    await page.getByRole('button', { name: 'Save as version 4' }).click()
    await page.getByRole('alert').getByText('Somebody else has saved version 7').waitFor()
    await page.locator('[data-step="old"]').getByText('That was long ago.').waitFor()
    stage.server.answer(`PUT ${calls}/${scriptView.id}`, 200, { ...scriptView, version: 8, shown: 8 })
    await page.getByRole('button', { name: 'Save mine as the next version' }).click()
    await expect.poll(() => saved()?.basedOn).toBe(7)
  })

  it('is asked before leaving what was not saved', async () => {
    const page = await administrator(editor)
    await page.locator('[data-step="old"]').click()
    await page.getByRole('textbox', { name: 'What it says' }).fill('That was long ago.')
    await page.getByRole('link', { name: 'Settings' }).click()
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' })
    await dialog.getByRole('button', { name: 'Stay here' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(page.url()).toContain(editor)
    await page.getByRole('link', { name: 'Settings' }).click()
    await dialog.getByRole('button', { name: 'Leave without saving' }).click()
    await page.getByRole('heading', { name: 'Settings' }).waitFor()
  })

  it('tries the script as it stands here, and sees in the diagram where it stands', async () => {
    const page = await administrator(editor)
    await page.locator('[data-step="old"]').click()
    await page.getByRole('textbox', { name: 'What it says' }).fill('That was long ago.')
    await page.getByRole('tab', { name: 'Try it' }).click()
    await page.locator('[data-step="topic"][data-standing="true"]').waitFor()
    await page.getByRole('textbox', { name: 'Answer as the visitor' }).fill('My chain slips.')
    await page.keyboard.press('Enter')
    await page.getByRole('log', { name: 'Preview' }).getByRole('button', { name: 'A repair', exact: true }).click()
    await page.getByRole('button', { name: 'Let time pass' }).click()
    await expect
      .poll(() => asked(`POST ${calls}/try`).at(-1)?.body)
      .toMatchObject({
        script: { steps: { old: { text: { en: 'That was long ago.' } } } },
        events: [
          { kind: 'said', text: 'My chain slips.' },
          { kind: 'said', text: 'A repair' },
          { kind: 'passed', ms: 60_000 },
        ],
      })
  })

  it('writes a text in another language, which then stands in the diagram', async () => {
    const page = await administrator(editor)
    await page.locator('[data-step="mail"]').click()
    await page.getByRole('tab', { name: /^Deutsch/ }).click()
    await page.getByRole('textbox', { name: 'What it says' }).fill('Wohin darf die Werkstatt schreiben?')
    await page.locator('[data-step="mail"]').getByText('Wohin darf').waitFor()
    await page.locator('[data-step="topic"]').getByText('Bestellung oder Reparatur?').waitFor()
  })

  it('reads where visitors drop off, as a picture and as numbers', async () => {
    const page = await administrator(editor)
    await page.getByText('Drop-off', { exact: true }).click()
    const table = page.getByRole('table', { name: 'Where visitors drop off' })
    const row = table.getByRole('row', { name: /Where can the workshop write/ })
    await expect.poll(() => row.getByRole('cell').allInnerTexts()).toEqual(['61', '33', '0', '3', '25 (41%)'])
    expect(await row.locator('.bar').count()).toBe(4)
  })

  it('edits on a phone, where the script is a list', async () => {
    const page = await administrator(editor, { viewport: { width: 390, height: 844 } })
    await page
      .getByRole('navigation', { name: 'The script as a list' })
      .getByRole('button', { name: /What is the order number/ })
      .click()
    const dialog = page.getByRole('dialog', { name: scriptView.name })
    await dialog.getByRole('textbox', { name: 'What it says' }).fill('Which order?')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /Which order\?/ }).waitFor()
    await page.getByRole('button', { name: 'Save as version 4' }).click()
    await expect.poll(() => saved()?.script.steps.number).toMatchObject({ text: { en: 'Which order?' } })
  })

  it('switches scripts on, puts them in order, renames and copies them', async () => {
    const page = await administrator(list)
    await page.getByRole('switch', { name: 'Use “Plants”' }).press(' ')
    await page.getByRole('button', { name: 'Move “Plants” up' }).click()
    await page.getByRole('button', { name: 'More for “Orders and repairs”' }).click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
    await page.getByRole('dialog', { name: 'Rename' }).getByRole('textbox').fill('Orders')
    await page.keyboard.press('Enter')
    const [first, second] = scriptList.scripts
    await expect
      .poll(() => stage.server.asked.filter((one) => !one.call.includes('token')))
      .toEqual([
        { call: `PATCH ${calls}/${second?.id}`, body: { isOn: true } },
        { call: `PUT ${calls}/order`, body: { ids: [second?.id, first?.id] } },
        { call: `PATCH ${calls}/${first?.id}`, body: { name: 'Orders' } },
      ])
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    stage.server.answer(`POST ${calls}`, 201, scriptView)
    await page.getByRole('button', { name: 'More for “Orders and repairs”' }).click()
    await page.getByRole('menuitem', { name: 'Copy' }).click()
    await expect.poll(() => asked(`POST ${calls}`).at(-1)?.body).toMatchObject({ name: 'Orders and repairs (copy)' })
    await page.locator('.script-editor').waitFor()
  })

  it('makes a new script, and comes to its page once it is saved', async () => {
    const page = await administrator(list)
    await page.getByRole('link', { name: 'New script' }).click()
    await page.getByRole('textbox', { name: 'What it says' }).fill('What is it about?')
    stage.server.answer(`POST ${calls}`, 201, scriptView)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.waitForURL((url) => url.pathname === editor)
    expect(asked(`POST ${calls}`)[0]?.body).toMatchObject({
      name: 'New script',
      script: { start: 'question-1', steps: { 'question-1': { text: { en: 'What is it about?' } } } },
    })
  })
})

describe('B4 the concierge', () => {
  it('is not there for somebody who is no administrator', async () => {
    const page = await administrator('/desk/')
    stage.server.state.me.role = 'responder'
    await page.goto(stage.server.url + list)
    await page.getByRole('heading', { name: 'There is nothing here' }).or(page.locator('.alone h1')).first().waitFor()
    expect(await page.locator('.script-row').count()).toBe(0)
  })
})

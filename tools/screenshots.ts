import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { freePort, openBrowser, type TestBrowser, tempFolder } from '@parley/dev-env'
import type { FrameLocator, Locator, Page } from 'playwright-core'
import { shrinkPng } from './shrink-png.ts'
import { root } from './source-files.ts'

// Draws the pictures of README.md: starts a demo of its own on free ports, plays a conversation in it, and writes docs/images/*.png.

const patience = 20_000
const images = path.join(root, 'docs/images')
const folder = await tempFolder('screenshots')
const demo = await startDemo(folder.path)
const browser = await openBrowser()
try {
  await pocket(browser)
  await shopAndDesk(browser)
  await phone(browser)
} catch (error) {
  throw new Error(`the demo said last:\n${demo.said().join('\n')}`, { cause: error })
} finally {
  await browser.close()
  await demo.stop()
  await folder.remove()
}

/** Everybody on one screen: a question on the left, the answer typed in a mailbox on the right. */
async function pocket({ newPerson }: TestBrowser): Promise<void> {
  const { page, close } = await newPerson({ viewport: { width: 1440, height: 860 }, timezoneId: midMorning() })
  await page.goto(demo.pocket)
  const shop = page.frameLocator('section.shop iframe')
  await asks(shop, shop.locator('body'), 'Boots and clothing', 'Do the Skarn boots fit wide feet?')
  const bo = page.getByRole('region', { name: 'Mailbox of Bo Lindqvist' })
  await bo.getByRole('button', { name: /A question about/ }).click({ timeout: patience })
  await bo.getByRole('textbox', { name: /^Reply to/ }).fill('They do, from size 40. Order half a size up.')
  await bo.getByRole('button', { name: 'Send', exact: true }).click()
  await answered(windowIn(shop), 'They do, from size 40.')
  await opensMail(page, 'Bo Lindqvist', 'Do the Skarn boots fit wide feet?')
  await opensMail(page, 'Cleo Marchetti', 'answered by someone else')
  await shoot(page, 'pocket')
  await close()
}

/** The shop with its window, and the desk on which the same conversation is answered. */
async function shopAndDesk({ newPerson }: TestBrowser): Promise<void> {
  const visitor = await newPerson({ viewport: { width: 1280, height: 780 }, timezoneId: midMorning() })
  const shop = visitor.page
  await shop.goto(demo.shop)
  const question = 'Where is FF-1042? It was due on Tuesday, and we leave on Friday.'
  await asks(shop, shop.locator('body'), 'Orders and delivery', question)

  const operator = await newPerson({ viewport: { width: 1280, height: 780 }, timezoneId: midMorning() })
  const desk = operator.page
  await desk.goto(demo.deskLink)
  await desk.getByRole('button', { name: 'Sign in' }).click({ timeout: patience })
  await desk.getByText(question).first().click({ timeout: patience })
  const box = desk.getByRole('textbox', { name: /message|answer/i })
  await box.fill('On the ferry since this morning. It reaches you on Thursday before noon.')
  await box.press('Enter')
  await answered(windowIn(shop), 'On the ferry since this morning.')
  const thanks = windowIn(shop).getByRole('textbox', { name: 'Write a message…' })
  await thanks.fill('That will do. Thank you!')
  await thanks.press('Enter')
  await desk.getByText('That will do. Thank you!').first().waitFor({ timeout: patience })
  await shoot(desk, 'desk')
  await shoot(shop, 'shop')
  await operator.close()
  await visitor.close()
}

async function phone({ newPerson }: TestBrowser): Promise<void> {
  const { page, close } = await newPerson({
    viewport: { width: 390, height: 700 },
    deviceScaleFactor: 2,
    isMobile: true,
    colorScheme: 'dark',
    timezoneId: midMorning(),
  })
  await page.goto(demo.shop)
  await asks(page, page.locator('body'), 'Tents and sleeping', 'Does the Lavvo Two stand up to a gale on a bare ridge?')
  await shoot(page, 'phone')
  await close()
}

async function asks(on: Page | FrameLocator, body: Locator, topic: string, question: string): Promise<void> {
  await body.getByRole('button', { name: 'Chat' }).click({ timeout: patience })
  const window = windowIn(on)
  await window.getByLabel('What is it about?').selectOption({ label: topic })
  await window.getByRole('button', { name: 'Start chat' }).click()
  const box = window.getByRole('textbox', { name: 'Write a message…' })
  await box.fill(question)
  await box.press('Enter')
  await window.locator('.bubble').getByText(question).waitFor()
}

async function opensMail(page: Page, who: string, text: string): Promise<void> {
  const mailbox = page.getByRole('region', { name: `Mailbox of ${who}` })
  await mailbox
    .getByRole('button', { name: /A question about/ })
    .first()
    .click({ timeout: patience })
  await mailbox.frameLocator('iframe').getByText(text).first().waitFor({ timeout: patience })
}

async function answered(window: FrameLocator, text: string): Promise<void> {
  await window.locator('.bubble').getByText(text).waitFor({ timeout: patience })
}

function windowIn(on: Page | FrameLocator): FrameLocator {
  return on.frameLocator('iframe')
}

/** A zone in which it is about ten, so that the pictures do not show at what hour somebody made them. */
function midMorning(): string {
  const ahead = Math.max(10 - new Date().getUTCHours(), -12)
  // The names of these zones count the other way round.
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(600)
  mkdirSync(images, { recursive: true })
  const png = shrinkPng(await page.screenshot({ animations: 'disabled' }))
  writeFileSync(path.join(images, `${name}.png`), png)
  console.log(`docs/images/${name}.png  ${Math.round(png.length / 1000)} kB`)
}

async function startDemo(dataFolder: string) {
  const child = spawn(process.execPath, [path.join(root, 'bin/parley.mjs'), 'start'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      PARLEY_DATA: path.join(dataFolder, 'data'),
      PARLEY_PORT: String(await freePort()),
      PARLEY_SMTP_IN_PORT: String(await freePort()),
    },
  })
  const said: string[] = []
  // Read to the end of its life: a program that nobody listens to stops when the pipe is full.
  const started = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line)
      if (line.startsWith('Stop it')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`the demo ended with ${code}:\n${said.join('\n')}`)))
  })
  await started
  const urls = said.flatMap((line) => line.match(/https?:\/\/\S+/g) ?? [])
  const find = (part: string) => {
    const found = urls.find((url) => url.includes(part))
    if (!found) throw new Error(`the demo did not print an address with ${part}:\n${said.join('\n')}`)
    return found
  }
  return {
    pocket: find('/pocket'),
    shop: find('shop.localhost'),
    deskLink: find('/desk/'),
    said: () => said.slice(-20),
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

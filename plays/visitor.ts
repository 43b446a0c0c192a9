import type { BrowserPerson, PageProblem, TestBrowser } from '@parley/dev-env'
import type { FrameLocator, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Overheard } from './overheard.ts'

const patience = 15_000

/** Someone at a browser, who knows the window only by what is written on it. */
export class Visitor {
  readonly person: BrowserPerson
  page: Page
  readonly heard: Overheard

  constructor(person: BrowserPerson, page = person.page) {
    this.person = person
    this.page = page
  }

  /** Opens a shop's page and the window on it. */
  static async opens(
    browser: TestBrowser,
    url: string,
    options?: Parameters<TestBrowser['newPerson']>[0],
  ): Promise<Visitor> {
    const visitor = new Visitor(await browser.newPerson(options))
    await visitor.goes(url)
    await visitor.opensWindow()
    return visitor
  }

  async goes(url: string): Promise<void> {
    await this.page.goto(url)
  }

  get window(): FrameLocator {
    return this.page.frameLocator('iframe')
  }

  /** The round button on the page. */
  get launcher(): Locator {
    return this.page.getByRole('button', { name: /^Chat/ })
  }

  get composer(): Locator {
    return this.window.getByRole('textbox', { name: 'Write a message…' })
  }

  async opensWindow(): Promise<void> {
    await this.launcher.click({ timeout: patience })
    await this.isOpen()
  }

  /** The window is there to write in, on whichever page. */
  async isOpen(): Promise<void> {
    await this.composer.waitFor({ timeout: patience })
  }

  async says(text: string): Promise<void> {
    await this.writes(text)
    await this.composer.press('Enter')
    await this.sees(text)
  }

  /** Writes without sending. */
  async writes(text: string): Promise<void> {
    await this.composer.fill(text, { timeout: patience })
  }

  async draft(): Promise<string> {
    return this.composer.inputValue({ timeout: patience })
  }

  /** Closes the browser and opens it again, on an empty page. */
  async restartsBrowser(): Promise<void> {
    this.page = await this.person.restarts()
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.window.locator('.bubble').getByText(text).first().waitFor({ timeout: patience })
  }

  /** Says it to one of those who answer, and to nobody else. */
  async saysOnlyTo(alias: string, text: string): Promise<void> {
    const to = this.window.getByRole('combobox', { name: 'To' })
    await to.selectOption(`Only to ${alias}`)
    await this.says(text)
    await to.selectOption('Everyone')
  }

  /** Alias and colour of those whose words stand in the window, each once. */
  async faces(): Promise<{ alias: string; colour: string }[]> {
    const first = this.window.locator('.message.theirs.first')
    await first.first().waitFor({ timeout: patience })
    const all = await first.evaluateAll((items) =>
      items.map((item) => ({
        alias: item.querySelector('.name')?.textContent ?? '',
        colour:
          item.ownerDocument.defaultView?.getComputedStyle(item.querySelector('.avatar') ?? item).backgroundColor ?? '',
      })),
    )
    return [...new Map(all.map((face) => [face.alias, face])).values()]
  }

  /** The texts of all bubbles, in the order of the window. */
  async transcript(): Promise<string[]> {
    return this.window.locator('.bubble .text').allInnerTexts()
  }

  async seesExactly(texts: readonly string[]): Promise<void> {
    await expect.poll(() => this.transcript(), { timeout: patience }).toEqual(texts)
  }

  problems(): readonly PageProblem[] {
    return this.person.problems()
  }

  async leaves(): Promise<void> {
    await this.person.close()
  }
}

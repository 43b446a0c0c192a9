import type { BrowserPerson, PageProblem, TestBrowser } from '@parley/dev-env'
import type { FrameLocator, Page } from 'playwright-core'
import { expect } from 'vitest'

const patience = 15_000

/** Someone at a browser, who knows the window only by what is written on it. */
export class Visitor {
  readonly person: BrowserPerson
  page: Page

  constructor(person: BrowserPerson) {
    this.person = person
    this.page = person.page
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

  async opensWindow(): Promise<void> {
    await this.page.getByRole('button', { name: 'Chat' }).click({ timeout: patience })
    await this.window.getByRole('textbox', { name: 'Write a message…' }).waitFor({ timeout: patience })
  }

  async says(text: string): Promise<void> {
    const box = this.window.getByRole('textbox', { name: 'Write a message…' })
    await box.fill(text)
    await box.press('Enter')
    await this.sees(text)
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.window.locator('.bubble').getByText(text).first().waitFor({ timeout: patience })
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

import type { BrowserPerson, PageProblem, TestBrowser } from '@parley/dev-env'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { Overheard } from './overheard.ts'

const patience = 15_000

/** Someone at the desk, who knows it only by what is written on it. */
export class Deskperson {
  readonly person: BrowserPerson
  readonly page: Page
  readonly heard: Overheard

  constructor(person: BrowserPerson) {
    this.person = person
    this.page = person.page
    this.heard = new Overheard(person.context)
  }

  static async signsIn(browser: TestBrowser, oneTimeLink: string): Promise<Deskperson> {
    const desk = new Deskperson(await browser.newPerson())
    await desk.page.goto(oneTimeLink)
    await desk.page.getByRole('button', { name: 'Sign in' }).click({ timeout: patience })
    await desk.page.getByRole('heading', { name: 'Ready when somebody asks' }).waitFor({ timeout: patience })
    return desk
  }

  /** Opens a question or a conversation from the list, by some of its last words there. */
  async opens(words: string | RegExp): Promise<void> {
    await this.page.getByRole('link').filter({ hasText: words }).first().click({ timeout: patience })
  }

  async answersQuestion(text: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Write your answer' }).fill(text, { timeout: patience })
    await this.page.getByRole('button', { name: 'Answer', exact: true }).click()
    await this.sees(text)
  }

  async says(text: string): Promise<void> {
    const box = this.page.getByRole('textbox', { name: 'Write a message' })
    await box.fill(text, { timeout: patience })
    await box.press('Enter')
    await this.sees(text)
  }

  get log(): Locator {
    return this.page.getByRole('log', { name: 'Messages' })
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.log.locator('.bubble').getByText(text).first().waitFor({ timeout: patience })
  }

  async transcript(): Promise<string[]> {
    return this.log.locator('.bubble-text').allInnerTexts()
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

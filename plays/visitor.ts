import type { BrowserPerson, MailPerson, PageProblem, TestBrowser } from '@parley/dev-env'
import type { FrameLocator, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { Overheard } from './overheard.ts'

const patience = 15_000

/** Someone at a browser, who knows the window only by what is written on it. */
export class Visitor {
  readonly person: BrowserPerson
  page: Page
  readonly heard: Overheard
  readonly #isAlone: boolean

  constructor(person: BrowserPerson, page = person.page, isAlone = false) {
    this.person = person
    this.page = page
    this.#isAlone = isAlone
    this.heard = new Overheard(person.context)
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

  /** Opens a recovery link: the window alone, in a browser that was never here. */
  static async recovers(browser: TestBrowser, link: string): Promise<Visitor> {
    const visitor = new Visitor(await browser.newPerson(), undefined, true)
    await visitor.goes(link)
    await visitor.window.getByRole('button', { name: 'Continue' }).click({ timeout: patience })
    await visitor.composer.waitFor({ timeout: patience })
    return visitor
  }

  async goes(url: string): Promise<void> {
    await this.page.goto(url)
  }

  /** In a frame on somebody's page, or a page by itself. */
  get window(): FrameLocator | Page {
    return this.#isAlone ? this.page : this.page.frameLocator('iframe')
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

  /** Picks a file and waits until it is uploaded, or until the window says why not. */
  async attaches(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    await this.window.locator('input[type=file]').setInputFiles(file)
    const [picked, problem] = [this.window.getByRole('button', { name: `Remove ${file.name}` }), this.problem]
    await picked.or(problem).first().waitFor({ timeout: patience })
    await expect.poll(() => this.window.locator('.uploads progress').count(), { timeout: 2 * patience }).toBe(0)
  }

  /** What the window says is wrong with what was just tried. */
  get problem(): Locator {
    return this.window.locator('.composer').getByRole('alert')
  }

  /** Gives an address in the window, and types the code that came there. */
  async goesOnByEmail(mailbox: MailPerson): Promise<void> {
    await this.chooses('Continue by email')
    await this.givesAddress(mailbox)
    await this.window.getByText(`Answers will also reach you at ${mailbox.address}`).waitFor({ timeout: patience })
    await this.window.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  }

  /** Chooses a medium in the window, gives an address there, and types the code that came to it. */
  async goesOnElsewhere(way: string, label: string, typed: string, codeAt: () => Promise<string>): Promise<void> {
    await this.chooses('Continue elsewhere')
    const dialog = this.window.getByRole('dialog', { name: 'Continue elsewhere' })
    const another = dialog.getByRole('button', { name: 'Use another address' })
    const choice = dialog.getByRole('button', { name: way })
    const field = dialog.getByRole('textbox', { name: label })
    await another.or(choice).or(field).first().waitFor({ timeout: patience })
    if (await another.isVisible()) await another.click()
    await choice.or(field).first().waitFor({ timeout: patience })
    // Where there is one way only, nobody is asked which.
    if (await choice.isVisible()) await choice.click()
    await field.fill(typed)
    await dialog.getByRole('button', { name: 'Send me a code' }).click()
    await dialog.getByRole('textbox', { name: 'Code' }).waitFor({ timeout: patience })
    await dialog.getByRole('textbox', { name: 'Code' }).fill(await codeAt())
    await dialog.getByRole('button', { name: 'Confirm' }).click()
    await dialog.getByText('Done. Answers will also reach you at').waitFor({ timeout: patience })
    await dialog.getByRole('button', { name: 'Close' }).click()
  }

  async asksForTranscript(mailbox: MailPerson): Promise<void> {
    await this.chooses('Get a transcript by email')
    await this.givesAddress(mailbox)
    await this.window.getByText('The transcript is on its way').waitFor({ timeout: patience })
    await this.window.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  }

  private async givesAddress(mailbox: MailPerson): Promise<void> {
    const dialog = this.window.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Email address' }).fill(mailbox.address)
    await dialog.getByRole('button', { name: 'Send me a code' }).click()
    await dialog.getByRole('textbox', { name: 'Code' }).waitFor({ timeout: patience })
    const { text } = await mailbox.receivesEmail(/code/i)
    await dialog.getByRole('textbox', { name: 'Code' }).fill(/\b\d{6}\b/.exec(text)?.[0] ?? 'no code')
    await dialog.getByRole('button', { name: 'Confirm' }).click()
  }

  /** Something from the window's menu. */
  async chooses(name: string): Promise<void> {
    await this.window.getByRole('button', { name: 'More options' }).click({ timeout: patience })
    await this.window.locator('.menu').getByRole('button', { name }).click()
  }

  /** The texts of all bubbles, in the order of the window. */
  async transcript(): Promise<string[]> {
    return this.window.locator('.bubble .text').allInnerTexts()
  }

  /** Everything that the window shows, to the last mark. */
  async looks(): Promise<string> {
    return this.window.locator('body').innerHTML()
  }

  async seesExactly(texts: readonly string[]): Promise<void> {
    await expect.poll(() => this.transcript(), { timeout: patience }).toEqual(texts)
  }

  /** A new visitor: what they say now is all that there is. */
  async hasNothingBefore(): Promise<void> {
    await this.says('Somebody new')
    await this.window.getByText('Sent').waitFor({ timeout: patience })
    expect(await this.transcript()).toEqual(['Somebody new'])
  }

  problems(): readonly PageProblem[] {
    return this.person.problems()
  }

  async leaves(): Promise<void> {
    await this.person.close()
  }
}

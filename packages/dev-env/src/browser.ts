import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { guardFolder } from './orphan-guard.ts'
import { type PageProblem, watchPage } from './page-problems.ts'
import { tempFolder } from './temp-folder.ts'

export type BrowserOptions = {
  /**
   * Chromium as its users have it keeps a page's storage apart for each site that it is embedded in. Playwright turns
   * that off; with `true` it is on again, and a cross-site test can fail. Default true.
   */
  thirdPartyPartitioning?: boolean
  /** Blocks cookies of embedded pages of other sites, which Chromium's makers decide anew every year. Default false. */
  blockThirdPartyCookies?: boolean
  /** Hosts (`localhost`) that this browser keeps nothing for: no cookie, no storage, as its owner has set it. */
  keepsNothingFor?: readonly string[]
  args?: readonly string[]
}

export type TestBrowser = {
  browser: Browser
  /** A person at a machine of their own: own cookies, own storage, own window. */
  newPerson(options?: BrowserContextOptions): Promise<BrowserPerson>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export type BrowserPerson = {
  context: BrowserContext
  page: Page
  /** What went wrong on any page of this person since the start, or since `forgetProblems`. */
  problems(): readonly PageProblem[]
  forgetProblems(): void
  newPage(): Promise<Page>
  /**
   * Closes the window and opens another with the cookies (partitioned ones too), localStorage and IndexedDB of the
   * first. What an embedded page had in storage partitioned by site is not carried over.
   */
  restarts(): Promise<Page>
  close(): Promise<void>
}

/** Debian's Chromium without a screen. */
export async function openBrowser({
  thirdPartyPartitioning = true,
  blockThirdPartyCookies = false,
  keepsNothingFor = [],
  args = [],
}: BrowserOptions = {}): Promise<TestBrowser> {
  const profile = await tempFolder('chromium')
  const guarded = guardFolder(profile.path)
  const preferences = {
    profile: {
      cookie_controls_mode: blockThirdPartyCookies ? 1 : 0,
      block_third_party_cookies: blockThirdPartyCookies,
      content_settings: {
        exceptions: { cookies: Object.fromEntries(keepsNothingFor.map((host) => [`${host},*`, { setting: 2 }])) },
      },
    },
  }
  await mkdir(join(profile.path, 'Default'))
  await writeFile(join(profile.path, 'Default', 'Preferences'), JSON.stringify(preferences))
  // Contexts take the preferences of the profile that the browser was started with, and none of its storage.
  const root = await chromium.launchPersistentContext(profile.path, {
    executablePath: '/usr/bin/chromium',
    headless: true,
    args: [
      ...FLAGS,
      `--disable-features=${[...UNWANTED, ...(thirdPartyPartitioning ? [] : [PARTITIONING])].join(',')}`,
      ...args,
    ],
  })
  const browser = root.browser()
  if (!browser) throw new Error('Playwright gives no browser for its profile: no person can get a context of their own')
  const close = async () => {
    await root.close()
    await browser.close()
    await profile.remove()
    guarded.release()
  }
  return {
    browser,
    newPerson: (options = {}) => newPerson(browser, options),
    close,
    [Symbol.asyncDispose]: close,
  }
}

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const PARTITIONING = 'ThirdPartyStoragePartitioning'

// Of several --disable-features Chromium obeys the last, and this one comes behind Playwright's. It repeats from
// Playwright's what keeps a test quiet and off the network, and leaves the partitioning of storage alone.
const UNWANTED = [
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'DestroyProfileOnBrowserClose',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'MediaRouter',
  'PaintHolding',
  'LensOverlay',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'Translate',
  // The list under the address bar, which is a page with a process of its own in every window: a third of what one costs.
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxPopup',
]

async function newPerson(browser: Browser, options: BrowserContextOptions): Promise<BrowserPerson> {
  const problems: PageProblem[] = []
  const open = async (storageState?: BrowserContextOptions['storageState']) => {
    const made = await browser.newContext({ ...options, ...(storageState ? { storageState } : {}) })
    await watchPage(made, (problem) => problems.push(problem))
    return made
  }
  let context = await open()
  let page = await context.newPage()
  return {
    get context() {
      return context
    },
    get page() {
      return page
    },
    problems: () => problems,
    forgetProblems: () => void problems.splice(0),
    newPage: () => context.newPage(),
    async restarts() {
      const kept = await context.storageState({ indexedDB: true })
      await context.close()
      context = await open(kept)
      page = await context.newPage()
      return page
    },
    close: () => context.close(),
  }
}

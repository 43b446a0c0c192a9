import { axeFindings, openBrowser, type TestBrowser, tempFolder, waitFor } from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDemoAlone } from './demo.fixture.ts'

await describeWithPeers(['chromium'], 'The demo in a browser', () => {
  let folder: Awaited<ReturnType<typeof tempFolder>>
  let alone: Awaited<ReturnType<typeof startDemoAlone>>
  let browser: TestBrowser

  beforeAll(async () => {
    folder = await tempFolder('pocket')
    alone = await startDemoAlone(folder.path)
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await alone.stop()
    await folder.remove()
  })

  test('One person reads a mail that comes in while they look, answers it with a file, and finds the copy among those sent', async () => {
    const person = await browser.newPerson({ viewport: { width: 1440, height: 900 } })
    const { page } = person
    await page.goto(alone.demo.urls.pocket)
    const bo = page.getByRole('region', { name: 'Mailbox of Bo Lindqvist' })
    await bo.getByText('No mail yet').waitFor()
    await alone.mail('bo@pocket.example', {
      subject: 'Wide feet',
      text: 'Do they fit wide feet?',
      html: '<p>Do they fit <b>wide</b> feet?</p>',
    })
    await bo.getByRole('button', { name: /A visitor.*Wide feet/ }).click()
    await bo.frameLocator('iframe').getByText('Do they fit wide feet?').waitFor()
    await bo.getByRole('textbox', { name: 'Reply to A visitor' }).fill('They do, from size 40.')
    await bo
      .getByLabel('Attach files')
      .setInputFiles({ name: 'sizes.txt', mimeType: 'text/plain', buffer: Buffer.from('40 and up') })
    await bo.getByRole('button', { name: 'Send', exact: true }).click()
    await bo.getByText('answered').waitFor()
    const [reply] = await waitFor('the reply at Parley', () => alone.arrived.length > 0 && alone.arrived.splice(0))
    expect(reply).toMatchObject({ from: 'bo@pocket.example', to: ['r-4tz9@parley.example'] })
    expect(reply?.raw).toMatch(/They do, from size 40\.[\s\S]*> Do they fit wide feet\?/)
    expect(reply?.raw).toContain('filename=sizes.txt')
    await bo.getByRole('button', { name: 'Sent' }).click()
    await bo.getByText('handed over').waitFor()
    expect(person.problems()).toEqual([])
    await person.close()
  })

  test('They answer between the lines, play a forger, and send a vacation notice', async () => {
    const person = await browser.newPerson({ viewport: { width: 1440, height: 900 } })
    const { page } = person
    await page.goto(alone.demo.urls.pocket)
    const dag = page.getByRole('region', { name: 'Mailbox of Dag Solberg' })
    await alone.mail('dag@pocket.example', { subject: 'Two things', text: 'Where is FF-1042?\nCan I add pegs?' })
    const open = async () => {
      await dag.getByRole('button', { name: /Two things/ }).click()
      await dag.getByRole('textbox', { name: /Reply to/ }).focus()
      await dag.getByText('More').click()
    }
    await open()
    await dag.getByRole('button', { name: 'Answer between the lines' }).click()
    const box = dag.getByRole('textbox', { name: /Reply to/ })
    expect(await box.inputValue()).toMatch(/wrote:[\s\S]*> Where is FF-1042\?\n> Can I add pegs\?/)
    await box.fill((await box.inputValue()).replace('> Can I', 'On the ferry.\n> Can I'))
    await dag.getByLabel(/Send from another address/).fill('mallory@elsewhere.example')
    await dag.getByRole('button', { name: 'Send', exact: true }).click()
    const [forged] = await waitFor('the forged mail', () => alone.arrived.length > 0 && alone.arrived.splice(0))
    expect(forged?.from).toBe('mallory@elsewhere.example')
    expect(forged?.raw).toMatch(/> Where is FF-1042\?\r\nOn the ferry\.\r\n> Can I add pegs\?/)
    expect(forged?.raw).not.toContain('DKIM-Signature')
    await open()
    await dag.getByRole('button', { name: 'Send a vacation notice' }).click()
    const [notice] = await waitFor('the notice', () => alone.arrived.length > 0 && alone.arrived.splice(0))
    expect(notice?.from).toBe('')
    expect(notice?.raw).toContain('Auto-Submitted: auto-replied')
    expect(person.problems()).toEqual([])
    await person.close()
  })

  test('A7 A phone shows the question in a thread of its number, sends what is typed, and says that it is on its way', async () => {
    const person = await browser.newPerson({ viewport: { width: 1440, height: 900 } })
    const { page } = person
    await page.goto(alone.demo.urls.pocket)
    const fay = page.getByRole('region', { name: 'Phone of Fay Abernathy' })
    await fay.getByText('No texts yet').waitFor()
    alone.text('+447700900101', '+447700900201', 'Where is FF-1042? <b>Please</b>')
    await fay.getByRole('button', { name: /\+44 7700 900101.*Where is FF-1042/ }).click()
    await fay.getByRole('list', { name: 'Texts with +44 7700 900101' }).getByText('<b>Please</b>').waitFor()
    const box = fay.getByRole('textbox', { name: 'Text to +44 7700 900101' })
    await box.fill('On the ferry.')
    // While it is written another text comes, and takes nothing away.
    alone.text('+447700900101', '+447700900201', 'It is for Sunday.')
    await fay.getByText('It is for Sunday.').waitFor()
    expect(await box.inputValue()).toBe('On the ferry.')
    await box.press('Enter')
    await fay.getByText(/on its way/).waitFor()
    await fay.getByRole('button', { name: '‹ Texts' }).click()
    await fay.getByRole('button', { name: /You: On the ferry/ }).waitFor()
    expect(person.problems()).toEqual([])
    await person.close()
  })

  test('A mail with scripts in it runs none, loads nothing from elsewhere and stays in its frame', async () => {
    const person = await browser.newPerson({ viewport: { width: 1440, height: 900 } })
    const { page } = person
    const asked: string[] = []
    await page.route(/elsewhere\.example/, (route) => {
      asked.push(route.request().url())
      return route.abort()
    })
    await page.goto(alone.demo.urls.pocket)
    await alone.mail('cleo@pocket.example', {
      subject: '<img src=x onerror="top.document.title=1">',
      text: 'x',
      html: `<p>Shown</p><script>top.document.title = 'taken'</script><img src="http://elsewhere.example/pixel.gif">
        <img src=x onerror="top.document.title='taken'"><form action="http://elsewhere.example/"><button>Go</button></form>`,
    })
    const cleo = page.getByRole('region', { name: 'Mailbox of Cleo Marchetti' })
    await cleo.getByRole('button', { name: /onerror/ }).click()
    await cleo.frameLocator('iframe').getByText('Shown').waitFor()
    await cleo.frameLocator('iframe').getByRole('button', { name: 'Go' }).click()
    await cleo.getByRole('button', { name: 'Source' }).click()
    await cleo.frameLocator('iframe').getByText('Return-Path').waitFor()
    expect(await page.title()).toBe('Pocket devices · Parley demo')
    expect(asked).toEqual([])
    await person.close()
  })

  test('Somebody who walks through a mailbox by keyboard keeps their place when a mail comes in', async () => {
    const person = await browser.newPerson({ viewport: { width: 1440, height: 900 } })
    const { page } = person
    await alone.mail('ana@letters.example', { subject: 'First', text: 'x' })
    await page.goto(alone.demo.urls.pocket)
    const ana = page.getByRole('region', { name: 'Mailbox of Ana Ferreira' })
    await ana.getByRole('button', { name: /First/ }).focus()
    await alone.mail('ana@letters.example', { subject: 'Second', text: 'x' })
    await ana.getByRole('button', { name: /Second/ }).waitFor()
    await page.keyboard.press('Enter')
    await ana.getByRole('heading', { name: 'First' }).waitFor()
    await page.keyboard.press('Enter')
    await ana.getByRole('button', { name: /Second/ }).waitFor()
    await person.close()
  })

  test('The desk opens in a tab of its own with a link made at the click', async () => {
    const person = await browser.newPerson()
    await person.page.goto(alone.demo.urls.overview)
    const opened = person.context.waitForEvent('page')
    await person.page.getByRole('button', { name: /as Cleo/ }).click()
    const desk = await opened
    await desk.getByRole('heading', { name: 'cleo' }).waitFor()
    expect(person.problems()).toEqual([])
    await person.close()
  })

  test('The shop’s buttons reach the window by its command queue', async () => {
    const person = await browser.newPerson()
    await person.page.goto(`${alone.demo.urls.shop}products/skarn-boots`)
    await person.page.waitForFunction('Array.isArray(window.calls)')
    await person.page.getByRole('button', { name: 'Put into the basket' }).click()
    await person.page.getByRole('button', { name: 'Will these fit a wide foot?' }).click()
    const calls = await person.page.evaluate('window.calls')
    expect(calls).toEqual(expect.arrayContaining([['update', { cart: ['skarn-boots'] }], ['open']]))
    await person.page.getByRole('link', { name: 'My order' }).click()
    await person.page.getByText('1 in your basket').waitFor()
    expect(person.problems()).toEqual([])
    await person.close()
  })

  test.for([
    ['light', 1440],
    ['light', 390],
    ['dark', 1440],
    ['dark', 390],
  ] as const)(
    'axe finds nothing on overview, pocket devices and shops, %s, %i wide, and nothing is wider than the screen',
    async ([colorScheme, width]) => {
      const person = await browser.newPerson({ colorScheme, viewport: { width, height: 844 } })
      const { page } = person
      const { overview, pocket, shop, garden } = alone.demo.urls
      for (const url of [
        overview,
        pocket,
        shop,
        `${shop}products/lavvo-two`,
        `${shop}help`,
        `${shop}order?number=FF-1057`,
        garden,
      ]) {
        await page.goto(url)
        await page.getByRole('main').waitFor()
        expect(await axeFindings(page)).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
      }
      await alone.mail('bo@pocket.example', { subject: 'Wide feet', text: 'Do they fit?' })
      await page.goto(pocket)
      if (width < 1000) await page.getByRole('button', { name: /^Bo/ }).click()
      const bo = page.getByRole('region', { name: 'Mailbox of Bo Lindqvist' })
      await bo
        .getByRole('button', { name: /Wide feet/ })
        .first()
        .click()
      await bo.getByRole('textbox', { name: /Reply to/ }).focus()
      await bo.getByText('More').click()
      expect(await axeFindings(page, { frames: /\/pocket$/ })).toEqual([])
      alone.text('+447700900102', '+447700900201', 'Is it heavy?')
      if (width < 1000) await page.getByRole('button', { name: /^Fay/ }).click()
      const fay = page.getByRole('region', { name: 'Phone of Fay Abernathy' })
      await fay.getByRole('button', { name: /900102/ }).click()
      await fay.getByText('Is it heavy?').first().waitFor()
      expect(await axeFindings(page, { frames: /\/pocket$/ })).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
      await person.close()
    },
  )
})

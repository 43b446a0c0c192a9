import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noisyPicture } from './noisy-picture.ts'
import { openStage, type Stage } from './stage.ts'

const megabyte = 1024 * 1024

await describeWithPeers(['postfix', 'dovecot', 'chromium'], 'files both ways', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({
      responders: [{ name: 'bo', alias: 'Juniper' }],
      network: { postfix: { messageSizeLimit: 60_000_000 } },
    })
  })
  afterAll(() => stage?.close())

  test('A9 C8 a picture of 20 MB goes from the window into the mailbox and another comes back: name and picture kept, author gone', async () => {
    const bo = await stage.person('bo')
    const ana = await stage.visitor()
    await ana.says('Which bird is this?')
    await bo.repliesTo(await bo.receivesEmail(/Which bird/), 'Show me.')
    await ana.sees('Show me.')

    const picture = noisyPicture(20 * megabyte, 'Ana Castellanos')
    await ana.attaches({ name: 'Rödhake vid sjön.png', mimeType: 'image/png', buffer: picture })
    await ana.says('This one:')
    const mail = await bo.receivesEmail(/This one/, { timeoutMs: 90_000 })
    expect(mail.attachments.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([
      ['Rödhake vid sjön.png', 'image/png'],
    ])
    const got = mail.attachments[0]?.content ?? Buffer.alloc(0)
    expect([picture.includes('Castellanos'), mail.raw.includes('Castellanos'), got.includes('Castellanos')]).toEqual([
      true,
      false,
      false,
    ])
    expect(got.equals(without(picture, 'tEXt'))).toBe(true)

    const back = noisyPicture(19 * megabyte, 'Bo Lindqvist')
    await bo.repliesTo(mail, 'A robin, like this.', {
      attachments: [{ filename: 'robin – größer.png', content: back, contentType: 'image/png' }],
    })
    await ana.sees('A robin, like this.')
    const shown = ana.window.getByRole('img', { name: 'robin – größer.png' })
    await shown.waitFor({ timeout: 60_000 })
    const link = await ana.window.locator('a.picture').last().getAttribute('href')
    const answer = await ana.page.request.get(new URL(link ?? '', stage.parley.url).href)
    expect(answer.headers()['content-disposition']).toContain(encodeURIComponent('robin – größer.png'))
    expect((await answer.body()).equals(without(back, 'tEXt'))).toBe(true)
    expect([ana.problems(), stage.parley.complaints]).toEqual([[], []])
    await ana.leaves()
  })

  test('A9 C8 what is too large or may do harm is refused in words, in the window and by mail, and the rest of the message arrives', async () => {
    const bo = await stage.person('bo')
    const ben = await stage.visitor()
    await ben.says('Do you take plans?')
    const question = await bo.receivesEmail(/take plans/)

    await ben.attaches({ name: 'plan.png', mimeType: 'image/png', buffer: noisyPicture(26 * megabyte, 'Ben') })
    await expect.poll(() => ben.problem.textContent()).toMatch(/plan\.png is too large\. At most 26 MB/)
    await ben.attaches({
      name: 'setup.exe',
      mimeType: 'application/x-msdownload',
      buffer: Buffer.from('MZ\0\0program'),
    })
    await expect.poll(() => ben.problem.textContent()).toMatch(/cannot be/)

    await bo.repliesTo(question, 'Yes, and here is ours.', {
      attachments: [
        { filename: 'ours.png', content: noisyPicture(26 * megabyte, 'Bo'), contentType: 'image/png' },
        { filename: 'viewer.exe', content: Buffer.from('MZ\0\0program'), contentType: 'application/x-msdownload' },
        { filename: 'list.txt', content: 'nails\nboards\n', contentType: 'text/plain' },
      ],
    })
    await ben.sees('Yes, and here is ours.')
    await ben.window.getByRole('link', { name: /list\.txt/ }).waitFor()
    expect(await ben.window.locator('a.file, a.picture').count()).toBe(1)
    const told = [
      await bo.receivesEmail(/without the file ours\.png/),
      await bo.receivesEmail(/without the file viewer\.exe/),
    ]
    expect(told.map(({ text }) => /\.(?:png|exe): (.*)$/m.exec(text)?.[1])).toEqual([
      'it is too large.',
      'files of this kind can do harm.',
    ])
    ben.person.forgetProblems()
    expect(stage.parley.complaints).toEqual([])
    await ben.leaves()
  })
})

/** The picture without its chunks of that kind. */
function without(png: Buffer, type: string): Buffer {
  const parts = [png.subarray(0, 8)]
  for (let at = 8; at < png.length; ) {
    const end = at + 12 + png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) !== type) parts.push(png.subarray(at, end))
    at = end
  }
  return Buffer.concat(parts)
}

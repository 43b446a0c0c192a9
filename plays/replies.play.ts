import { describeWithPeers } from '@parley/dev-env/with-peers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage } from './stage.ts'

await describeWithPeers(['postfix', 'dovecot', 'chromium'], 'how people reply', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ responders: [{ name: 'bo', alias: 'Juniper' }] })
  })
  afterAll(() => stage?.close())

  test('A9 answers between the quoted lines arrive whole, HTML without a text part as text, a signature not at all; the whole is one click away, without number or name', async () => {
    const bo = await stage.person('bo')
    const ana = await stage.visitor()
    await ana.writes('Do you ship to Oslo?\nHow long does it take?\nCan I pay on delivery?')
    await ana.composer.press('Enter')
    const question = await bo.receivesEmail(/ship to Oslo/)
    await bo.repliesTo(
      question,
      [
        { under: 'ship to Oslo', text: 'Every day.' },
        { under: 'How long', text: 'Two days, three at most.\nLonger at Christmas.' },
        { under: 'pay on delivery', text: 'Yes.' },
      ],
      { quoting: 'interleaved' },
    )
    await ana.sees('Every day.')
    const [, between = ''] = await ana.transcript()
    expect(between.replace(/\n{2,}/g, '\n')).toBe(
      [
        '> Do you ship to Oslo?',
        'Every day.',
        '> How long does it take?',
        'Two days, three at most.',
        'Longer at Christmas.',
        '> Can I pay on delivery?',
        'Yes.',
      ].join('\n'),
    )

    await bo.writes({
      to: question.replyTo[0] ?? question.from,
      subject: 'Re: Oslo',
      text: '',
      html: '<div>We pack in <b>paper</b>,<br>never in plastic.</div><script>alert(1)</script><img src="https://tracker.test/x.gif">',
    })
    await ana.sees('We pack in paper, never in plastic.')

    await bo.repliesTo(question, 'Call the driver if it is late.', {
      quoting: 'gmail',
      signature: 'Bo Lindqvist\nFjord & Field, Oslo office\n+47 22 33 44 55\nbo@people.test',
    })
    await ana.sees('Call the driver if it is late.')
    expect((await ana.transcript()).at(-1)).toBe('Call the driver if it is late.')
    await ana.window.getByRole('button', { name: 'Show the whole message' }).last().click()
    await ana.window.getByText('Oslo office').waitFor()
    const whole = (await ana.transcript()).at(-1) ?? ''
    expect(whole).toMatch(/Call the driver if it is late\.\s+-- \n•••\nFjord & Field, Oslo office\n•••\n•••/)
    expect(whole).toContain('Do you ship to Oslo?')

    // A name that is new to the account is masked from the next word on, in conversations that go on.
    const desk = await stage.atDesk('bo')
    await desk.page.goto(`${stage.parley.url}/desk/settings`)
    await desk.page.getByRole('textbox', { name: 'Name', exact: true }).fill('Bodil Strandgaard')
    const saved = desk.page.waitForResponse((answer) => answer.request().method() === 'PATCH')
    await desk.page.getByRole('button', { name: 'Save', exact: true }).first().click()
    expect((await saved).status()).toBe(200)
    await bo.repliesTo(question, 'Ask for Bodil Strandgaard at the door.')
    await ana.sees('Ask for ••• at the door.')
    await desk.leaves()
    expect(await ana.heard.leaks(['Strandgaard', 'Lindqvist', '+47 22 33 44 55', 'bo@people.test'])).toEqual([])
    expect([ana.problems(), stage.parley.complaints]).toEqual([[], []])
    await ana.leaves()
  })
})

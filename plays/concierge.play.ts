import { findLeaks, waitFor } from '@parley/dev-env'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import type { Script, ScriptList } from '@parley/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Deskperson } from './deskperson.ts'
import { openStage, type Stage } from './stage.ts'

const patience = 15_000

const tents: Script = {
  format: 1,
  language: 'en',
  alias: 'Pia',
  begins: 'with-first-words',
  start: 'hello',
  steps: {
    hello: { kind: 'say', text: { en: 'I am asking around. Meanwhile:' }, next: 'kind' },
    kind: {
      kind: 'ask',
      text: { en: 'What kind of tent is it?' },
      answer: {
        kind: 'choice',
        choices: [
          { value: 'dome', label: { en: 'A dome' } },
          { value: 'tunnel', label: { en: 'A tunnel' } },
          { value: 'tarp', label: { en: 'Only a tarp' }, next: 'sorry' },
        ],
      },
      next: 'wet',
    },
    wet: {
      kind: 'ask',
      text: { en: 'Does it let water in?' },
      answer: { kind: 'yes-no', no: 'people' },
      next: 'since',
    },
    since: { kind: 'ask', text: { en: 'Since when?' }, answer: { kind: 'date' }, next: 'end' },
    people: { kind: 'ask', text: { en: 'For how many people?' }, answer: { kind: 'number' }, next: 'end' },
    sorry: { kind: 'end', text: { en: 'A tarp we cannot mend.' } },
    end: { kind: 'end', text: { en: 'Somebody will be with you soon.' } },
  },
}

/** For when nobody is there. */
const later: Script = {
  format: 1,
  language: 'en',
  alias: 'Uma',
  begins: 'with-first-words',
  start: 'a-while',
  steps: {
    'a-while': { kind: 'wait', ms: 2_000, next: 'where' },
    where: {
      kind: 'ask',
      text: { en: 'Nobody is free yet. Where can we write to you?' },
      answer: { kind: 'contact', medium: 'email', consent: { en: 'We keep the address to answer this.' } },
      next: 'end',
    },
    end: { kind: 'end' },
  },
}

/** What an administrator does in the panel, by the calls that it makes: from now on it is this script. */
async function switchOn(desk: Deskperson, url: string, script: Script): Promise<void> {
  const headers = { origin: url }
  const { request } = desk.page.context()
  const saved = await request.post(`${url}/api/desk/admin/scripts`, { data: { name: 'Tents', script }, headers })
  expect(saved.status()).toBe(201)
  const { id } = (await saved.json()) as { id: string }
  const on = await request.patch(`${url}/api/desk/admin/scripts/${id}`, { data: { isOn: true }, headers })
  expect(on.status()).toBe(200)
  const listed = await request.get(`${url}/api/desk/admin/scripts`)
  const { scripts } = (await listed.json()) as ScriptList
  for (const other of scripts.filter((one) => one.isOn && one.id !== id)) {
    await request.patch(`${url}/api/desk/admin/scripts/${other.id}`, { data: { isOn: false }, headers })
  }
}

await describeWithPeers(['postfix', 'dovecot', 'chromium'], 'a visitor is kept company', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ responders: [{ name: 'bo', alias: 'Juniper' }], settings: { windowPatienceMs: 3_000 } })
    const desk = await stage.atDesk('bo')
    await switchOn(desk, stage.parley.url, tents)
    await desk.leaves()
  })
  afterAll(() => stage?.close())

  test('B1 B2 B3 the concierge asks three questions while mail is on its way; the answers appear in the responder’s mail, and a reply is the last that is heard of it', async () => {
    const bo = await stage.person('bo')
    const ana = await stage.visitor()
    await ana.says('My tent drips, ring me at +1 907 555 0142')
    await ana.sees('What kind of tent is it?')
    await ana.window.getByLabel('Your answer').selectOption('A tunnel', { timeout: patience })
    await ana.window.locator('.bubble').getByRole('button', { name: 'Send' }).click()
    await ana.sees('Does it let water in?')
    await ana.says('yes, quite a lot')
    await ana.sees('Since when?')
    await ana.says('2026-11-03')
    await ana.sees('Somebody will be with you soon.')

    const asked = await bo.receivesEmail(/What kind of tent is it\?: A tunnel/, { timeoutMs: 30_000 })
    expect(asked.text).toContain('My tent drips')
    expect(asked.text).toContain('Does it let water in?: Yes')
    expect(asked.text).toContain('Since when?: November 3, 2026')
    expect(findLeaks((await bo.allRaw()).join('\n'), ['+1 907 555 0142', '907-555-0142'])).toEqual([])

    await bo.repliesTo(asked, 'Seam tape from the inside.')
    await ana.sees('Seam tape from the inside.')
    await ana.says('Thank you!')
    await bo.receivesEmail(/Thank you!/)
    expect(await ana.faces().then((faces) => faces.map(({ alias }) => alias))).toEqual(['Pia', 'Juniper'])
    expect((await ana.transcript()).at(-1)).toBe('Thank you!')
    expect([ana.problems(), stage.parley.complaints]).toEqual([[], []])
    await ana.leaves()
  })

  test('B3 a reply in the middle of the questions stops them: what the visitor answers then goes to the person', async () => {
    const bo = await stage.person('bo')
    const ben = await stage.visitor()
    await ben.says('My poles are bent')
    await ben.sees('What kind of tent is it?')
    const asked = await bo.receivesEmail(/poles are bent/)
    await bo.repliesTo(asked, 'Aluminium or fibreglass?')
    await ben.sees('Aluminium or fibreglass?')
    await ben.says('Fibreglass, two of them')
    await bo.receivesEmail(/two of them/)
    await ben.seesExactly([
      'My poles are bent',
      'I am asking around. Meanwhile:',
      'What kind of tent is it?',
      'Aluminium or fibreglass?',
      'Fibreglass, two of them',
    ])
    // The form is still on the screen: what is filled into it now is heard by the person too.
    await ben.window.getByLabel('Your answer').selectOption('A tunnel', { timeout: patience })
    await ben.window.locator('.bubble').getByRole('button', { name: 'Send' }).click()
    await bo.receivesEmail(/A tunnel/)
    const { db } = stage.parley.server
    const ended = await waitFor('the run to be ended', async () => {
      const runs = await db.workers.selectFrom('concierge_run').select('ended').orderBy('began_at').execute()
      return runs.length === 2 ? runs.map((run) => run.ended) : null
    })
    expect(ended[0]).toBe('done')
    expect([ben.problems(), stage.parley.complaints]).toEqual([[], []])
    await ben.leaves()
  })

  test('A16 B1 it speaks first where a script says so, and a wish for a person ends its part', async () => {
    const desk = await stage.atDesk('bo')
    await switchOn(desk, stage.parley.url, { ...tents, begins: 'at-entry', alias: 'Ada' })
    await desk.leaves()

    const bo = await stage.person('bo')
    const eli = await stage.visitor()
    await eli.sees('What kind of tent is it?')
    await eli.says('I want to talk to a human about my zip')
    const asked = await bo.receivesEmail(/human about my zip/)
    await bo.repliesTo(asked, 'Here is one.')
    await eli.sees('Here is one.')
    await eli.seesExactly([
      'I am asking around. Meanwhile:',
      'What kind of tent is it?',
      'I want to talk to a human about my zip',
      'Here is one.',
    ])
    expect([eli.problems(), stage.parley.complaints]).toEqual([[], []])
    await eli.leaves()
  })

  test('A12 B1 nobody is free: the concierge takes an address with consent, and what is answered later arrives there', async () => {
    const desk = await stage.atDesk('bo')
    await switchOn(desk, stage.parley.url, later)
    await desk.leaves()

    const [bo, mailbox] = [await stage.person('bo'), await stage.person('ana')]
    const ana = await stage.visitor()
    await ana.says('Which pegs hold in sand?')
    await ana.sees('Nobody is free yet. Where can we write to you?')
    await ana.window.getByLabel('Email address').fill(mailbox.address, { timeout: patience })
    await ana.window.getByLabel('We keep the address to answer this.').selectOption('Yes')
    await ana.window.locator('.bubble').getByRole('button', { name: 'Send' }).click()
    await ana.sees(/code of six digits/)
    const code = await mailbox.receivesEmail(/code/i)
    await ana.says(/\b\d{6}\b/.exec(code.text)?.[0] ?? 'no code')
    await ana.sees('Thank you! Answers will reach you there too.')
    const problems = ana.problems()
    await ana.leaves()

    const asked = await bo.receivesEmail(/hold in sand/)
    await bo.repliesTo(asked, 'Wide ones, laid flat.')
    const answer = await mailbox.receivesEmail(/Wide ones, laid flat/, { timeoutMs: 30_000 })
    expect(answer.from.name).toBe('Juniper')
    await mailbox.repliesTo(answer, 'Thanks, they hold!')
    await bo.receivesEmail(/they hold!/)
    expect((await bo.allRaw()).flatMap((raw) => findLeaks(raw, [mailbox.address, 'Castellanos']))).toEqual([])
    expect([problems, stage.parley.complaints]).toEqual([[], []])
  })
})

import { afterEach, expect, test } from 'vitest'
import { openSmsStage, type SmsStage } from './sms-stage.ts'
import { sees, shownTo } from './window-people.ts'

let stage: SmsStage
afterEach(() => stage?.close())

/** Somebody at their desk, as a program that holds their session. */
async function atDesk(name: string, email: string) {
  const { parley } = stage
  const { account, responders } = parley.account
  const person = responders.find((one) => one.name === name)?.person
  if (!person) throw new Error(`${name} does not work here`)
  await parley.server.signIn.createSignInFor(account, person, email)
  const link = await parley.server.signIn.oneTimeLink({ account, person })
  const used = await fetch(`${parley.url}/api/auth/one-time-link/use`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: parley.url },
    body: JSON.stringify({ key: link?.split('#')[1] }),
  })
  const cookie = used.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  return async (operation: string, input: object) => {
    const answer = await fetch(`${parley.url}/api/desk/operations/${operation}`, {
      method: 'POST',
      headers: { cookie, origin: parley.url, 'content-type': 'application/json' },
      body: JSON.stringify({ operation: crypto.randomUUID(), input }),
    })
    return { status: answer.status, body: await answer.json() }
  }
}

test('A16 C5 a conversation is handed on by phone: the second gets the story as a text, the first’s late reply is told, and the visitor just goes on', async () => {
  stage = await openSmsStage({
    responders: [
      { name: 'bo', alias: 'Juniper', emails: ['bo@desk.localhost'] },
      { name: 'cleo', alias: 'Heather' },
    ],
  })
  const { parley } = stage
  const [boPhone, cleoPhone] = [stage.phone('bo'), stage.phone('cleo')]
  const ana = await stage.visitor()
  ana.says('Do you mend tents?')
  const offer = await boPhone.receives(/Do you mend tents/)
  await cleoPhone.receives(/Do you mend tents/)
  await boPhone.sends('The poles, yes.', offer.from)
  await sees(ana, 'The poles, yes.')
  await cleoPhone.receives(/answered by someone else/)
  ana.says('And the cloth?')
  await boPhone.receives(/And the cloth/)

  const name = parley.account.responders[0]?.name ?? ''
  const does = await atDesk(name, 'bo@desk.localhost')
  const { rows } = await parley.server.db.workerPool.query<{ ticket: string; cleo: string }>(
    `select t.ticket_id as ticket, r.person_id as cleo from ticket t join responder r using (account_id)
     where t.account_id = $1 and r.alias = 'Heather'`,
    [parley.account.account],
  )
  const [{ ticket, cleo } = { ticket: '', cleo: '' }] = rows
  const given = await does('transfer', { ticket, to: { people: [cleo] }, note: 'She has the blue one.' })
  expect(given.status).toBe(200)

  // Cleo is asked, with what whoever had it tells her; what Bo sends now was too late.
  const asked = await cleoPhone.receives(/She has the blue one/)
  expect(asked.text).toContain('And the cloth?')
  await boPhone.receives(/Someone else goes on with this conversation/)
  expect(await boPhone.sends('The cloth too.', offer.from)).toBe('taken')
  await boPhone.receives(/no longer part/)

  expect(await cleoPhone.sends('The cloth is mine to mend.', asked.from)).toBe('taken')
  await sees(ana, 'The cloth is mine to mend.')
  const story = await cleoPhone.receives(/What was said so far/)
  expect(story.text).toContain('Juniper: The poles, yes.')
  expect(story.text).toMatch(/\/read#/)
  expect(shownTo(ana).join()).not.toContain('The cloth too')
  expect(shownTo(ana).join()).not.toContain('blue one')

  ana.says('Wonderful, see you.')
  const next = await cleoPhone.receives(/Wonderful, see you/)
  expect(next.text).toBe('Wonderful, see you.')
  expect(boPhone.texts.map(({ text }) => text).join()).not.toContain('Wonderful')
  expect(parley.complaints).toEqual([])
})

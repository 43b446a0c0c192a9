import { expect, test } from 'vitest'
import { readErase, tell } from './erase.ts'

const [account, id] = ['0199a1b2-0000-7000-8000-000000000001', '0199a1b2-0000-7000-8000-000000000002']

test('what is to be erased is named by its kind and its id, and its account where there are several', () => {
  const of = { conversation: id }
  expect(readErase(['conversation', id, '--account', account])).toEqual({
    what: 'conversation',
    account,
    of,
    yes: false,
  })
  expect(readErase(['person', id, '--yes'])).toMatchObject({ account: null, of: { person: id }, yes: true })
})

test.each([
  ['nothing', []],
  ['an account by its name', ['person', id, '--account', 'Acme']],
  ['no id', ['conversation', '--account', account]],
  ['a name for an id', ['person', 'Bo', '--account', account]],
  ['two ids', ['person', id, id, '--account', account]],
  ['another kind', ['site', id, '--account', account]],
  ['an unknown word', ['person', id, '--account', account, '--force']],
])('%s is answered with the usage, and nothing is erased', (_, args) => {
  expect(readErase(args)).toBeNull()
})

test('of what lay open it is said that older backups hold it, of what was sealed that its keys are gone (C9)', () => {
  const none = { messages: 0, openMessages: 0, files: 0, openFiles: 0, deliveries: 0 }
  const [sealed, open] = [
    tell({ ...none, messages: 3, files: 1 }).join(' '),
    tell({ ...none, messages: 3, openMessages: 3 }).join(' '),
  ]
  expect(sealed).toMatch(/3 messages and 1 files: their keys are destroyed/)
  expect(sealed).not.toMatch(/every backup/)
  expect(open).toMatch(/3 messages and 0 files: every backup made before now holds them, readable/)
  expect(open).not.toMatch(/destroyed/)
})

test.each([
  ['nothing with this id', null, /nothing with this id.*Nothing was erased/],
  ['the last who administers the account', 'last-administrator', /only administrator.*first\. Nothing was erased/],
] as const)('of %s it is said why nothing was erased (C9)', (_, erased, said) => {
  expect(tell(erased).join(' ')).toMatch(said)
})

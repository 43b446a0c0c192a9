import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readErase, tell } from './erase.ts'

const [account, id] = ['0199a1b2-0000-7000-8000-000000000001', '0199a1b2-0000-7000-8000-000000000002']

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'parley-erase-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** On the right database, by somebody whose settings name another data folder than the server's. */
async function runs(data: string, ...args: string[]): Promise<string> {
  const env = { DATABASE_URL: 'postgresql://127.0.0.1:9/none', PARLEY_DATA: path.join(folder, data) }
  const main = path.join(import.meta.dirname, 'main.ts')
  const failed = await promisify(execFile)(process.execPath, [main, ...args], { env }).catch((error) => error)
  expect(failed.code).toBe(1)
  return failed.stderr
}

test('where no server keeps its data neither keys nor a secret are made, and it is said what to set (C9)', async () => {
  for (const data of ['empty', 'with-secret']) mkdirSync(path.join(folder, data))
  writeFileSync(path.join(folder, 'with-secret/secret'), 'ab'.repeat(32))
  const said = await Promise.all([
    runs('empty', 'erase', 'conversation', id, '--yes'),
    runs('empty', 'keys', 'rotate', '--data'),
    runs('with-secret', 'keys', 'rotate', '--data'),
  ])
  for (const one of said.slice(0, 2)) expect(one).toMatch(/no file .*empty\/secret.*PARLEY_DATA/)
  expect(said[2]).toMatch(/no key store at .*with-secret\/keys.*PARLEY_KEY_STORE/)
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(['empty', 'with-secret', 'with-secret/secret'])
})

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
    tell({ ...none, messages: 3, files: 1 }, 'keys').join(' '),
    tell({ ...none, messages: 3, openMessages: 3 }, 'keys').join(' '),
  ]
  expect(sealed).toMatch(/3 messages and 1 files: their keys are destroyed/)
  expect(sealed).not.toMatch(/every backup/)
  expect(open).toMatch(/3 messages and 0 files: every backup made before now holds them, readable/)
  expect(open).not.toMatch(/destroyed/)
})

test.each([
  ['nothing with this id', null, /nothing with this id.*Nothing was erased/],
  ['the last who administers the account', 'last-administrator', /only administrator.*first\. Nothing was erased/],
  [
    'what is sealed under keys that are not there',
    'no-keys',
    /none of its keys is in \/srv\/keys\..*Nothing was erased/,
  ],
] as const)('of %s it is said why nothing was erased (C9)', (_, erased, said) => {
  expect(tell(erased, '/srv/keys').join(' ')).toMatch(said)
})

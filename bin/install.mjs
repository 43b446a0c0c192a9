import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

/**
 * Installs the packages that package-lock.json asks for, when they are not there in that version.
 * @param {string} root the folder of the clone
 * @param {{forWork: boolean}} options forWork: packages used only to develop and test are needed too
 * @returns {{ok: true} | {ok: false, text: string}}
 */
export function installIfNeeded(root, { forWork }) {
  const why = whatIsMissing(root, forWork)
  if (!why) return { ok: true }
  console.error(`parley: installing packages (${why}); this takes a minute the first time`)
  if (npm(root, ['ci', ...quietly])) return { ok: true }
  // npm ci needs to empty node_modules first, which fails where a program still uses it; npm install adds what is missing.
  console.error('parley: npm ci failed, trying npm install')
  if (npm(root, ['install', '--no-save', ...quietly])) return { ok: true }
  return {
    ok: false,
    text: `the packages could not be installed; npm says why above.\nOnce that is mended, run "npm ci" in ${root} and start again.`,
  }
}

// Warnings about engines are for a Node that runs npm only; Parley runs on the pinned one.
const quietly = ['--no-audit', '--no-fund', '--loglevel=error']

/**
 * Says in a few words what node_modules lacks, or nothing. Compares by content, not by time: a fresh checkout or a restored backup
 * has any times.
 */
export function whatIsMissing(root, forWork) {
  const wanted = readPackages(path.join(root, 'package-lock.json'))
  if (!wanted) return undefined
  const present = readPackages(path.join(root, 'node_modules', '.package-lock.json'))
  if (!present) return 'none are installed yet'
  const behind = Object.entries(wanted).filter(([folder, entry]) => {
    if (!folder.includes('node_modules/') || entry.link) return false
    const needed = !entry.optional && !entry.devOptional && (forWork || !entry.dev)
    return present[folder] ? present[folder].version !== entry.version : needed
  })
  if (behind.length === 0) return undefined
  return behind.length === 1
    ? `${behind[0][0].split('node_modules/').pop()} is missing or old`
    : `${behind.length} are missing or old`
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Its own words go to stderr: stdout may be read by a program (parley inspect). Of an error, only the gist: it adds pages of usage. */
function npm(root, args) {
  const cli = process.env.npm_execpath
  const [program, first] = cli?.endsWith('npm-cli.js') ? [process.execPath, [cli]] : ['npm', []]
  const result = spawnSync(program, [...first, ...args], {
    cwd: root,
    stdio: ['ignore', 2, 'pipe'],
    encoding: 'utf8',
    shell: process.platform === 'win32' && program === 'npm',
  })
  if (result.error) console.error(`parley: npm could not be run: ${result.error.message}`)
  else if (result.status !== 0) console.error(result.stderr.split('\n').slice(0, 8).join('\n'))
  return result.status === 0
}

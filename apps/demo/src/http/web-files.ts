import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import process from 'node:process'
import type { Answer } from './answer.ts'

const FILES: Record<string, string> = {
  'shop.css': 'text/css; charset=utf-8',
  'shop.ts': 'text/javascript; charset=utf-8',
  'stage.css': 'text/css; charset=utf-8',
  'overview.ts': 'text/javascript; charset=utf-8',
  'pocket.ts': 'text/javascript; charset=utf-8',
  'pocket-device.ts': 'text/javascript; charset=utf-8',
  'pocket-api.ts': 'text/javascript; charset=utf-8',
  'pocket-phone.ts': 'text/javascript; charset=utf-8',
  'element.ts': 'text/javascript; charset=utf-8',
}

/** A file of `web/` for browsers. TypeScript loses its types on the way, as Node does with the server's own files: no build. */
export async function webFile(name: string): Promise<Answer | undefined> {
  const type = Object.hasOwn(FILES, name) ? FILES[name] : undefined
  if (!type) return undefined
  const source = await readFile(new URL(`../../web/${name}`, import.meta.url), 'utf8')
  return { status: 200, headers: { 'content-type': type }, body: name.endsWith('.ts') ? strip(source) : source }
}

// Node runs our own files by the same function without a word, but warns once when it is called; a newcomer need not read that.
function strip(source: string): string {
  const emitWarning = process.emitWarning
  process.emitWarning = () => {}
  try {
    return stripTypeScriptTypes(source)
  } finally {
    process.emitWarning = emitWarning
  }
}

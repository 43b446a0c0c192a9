import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { planted } from './planted.ts'

// Loaded before anything else: one source file of the product is read with a leak in it.
const leak = planted.find(({ name }) => name === process.env.PARLEY_PLANTED)
if (!leak) throw new Error(`no leak is called ${process.env.PARLEY_PLANTED}`)
let isIn = false

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    if (!url.startsWith('file:') || !fileURLToPath(url).endsWith(leak.file)) return loaded
    const source = String(loaded.source)
    // A leak that is not in shows nothing.
    if (source.split(leak.is).length !== 2) throw new Error(`${leak.name}: its place is not there once in ${leak.file}`)
    isIn = true
    return { ...loaded, source: source.replace(leak.is, () => leak.becomes) }
  },
})

process.on('exit', (code) => {
  if (code === 0 && !isIn) process.exitCode = 2
})

import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { planted } from './planted.ts'

// Loaded before anything else: the product is read with a leak in it.
const leak = planted.find(({ name }) => name === process.env.PARLEY_PLANTED)
if (!leak) throw new Error(`no leak is called ${process.env.PARLEY_PLANTED}`)
const places = [leak, ...(leak.also ?? [])]
const areIn = new Set<object>()

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    const here = url.startsWith('file:') ? places.filter(({ file }) => fileURLToPath(url).endsWith(file)) : []
    if (here.length === 0) return loaded
    let source = String(loaded.source)
    for (const place of here) {
      // A leak that is not in shows nothing.
      if (source.split(place.is).length !== 2)
        throw new Error(`${leak.name}: its place is not there once in ${place.file}`)
      source = source.replace(place.is, () => place.becomes)
      areIn.add(place)
    }
    return { ...loaded, source }
  },
})

process.on('exit', (code) => {
  if (code === 0 && areIn.size < places.length) process.exitCode = 2
})

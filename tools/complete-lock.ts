import { completeLock } from './lock-file.ts'

const added = completeLock()
console.log(
  added.length === 0 ? 'package-lock.json is complete' : `added to package-lock.json:\n  ${added.join('\n  ')}`,
)

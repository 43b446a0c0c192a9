import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs'

/**
 * An append-only record kept outside the process under test (settled.md 32): peers and test clients write down what they
 * were told and what they were given, and after a crash it is compared with what the server says.
 */
export type LogOutside<Entry> = {
  file: string
  append(entry: Entry): void
  /** Everything written by anybody so far, in the order of writing. */
  entries(): Entry[]
  close(): void
  [Symbol.dispose](): void
}

/**
 * Opens the log, or makes it. Each entry is one line in one write with O_APPEND: processes may share the file, and one
 * that is killed leaves whole lines only. The file outlives every process; it is not meant to outlive a power cut.
 */
export function openLogOutside<Entry>(file: string, parse: (value: unknown) => Entry): LogOutside<Entry> {
  const descriptor = openSync(file, 'a', 0o600)
  let isOpen = true
  const close = () => {
    if (isOpen) closeSync(descriptor)
    isOpen = false
  }
  return {
    file,
    append(entry) {
      const line = Buffer.from(`${JSON.stringify(entry)}\n`)
      const written = writeSync(descriptor, line)
      if (written !== line.length) throw new Error(`only ${written} of ${line.length} bytes went into ${file}`)
    },
    entries() {
      if (!existsSync(file)) throw new Error(`${file} is gone`)
      const lines = readFileSync(file, 'utf8').split('\n')
      if (lines.pop() !== '') throw new Error(`${file} ends within a line: somebody else wrote into it`)
      return lines.map((line) => parse(JSON.parse(line)))
    },
    close,
    [Symbol.dispose]: close,
  }
}

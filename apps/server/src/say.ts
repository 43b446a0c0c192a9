/** Lines for the person at the terminal, apart from the log. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Says what is wrong and what to do, and ends. */
export function giveUp(text: string): never {
  process.stderr.write(`parley: ${text}\n`)
  process.exit(1)
}

import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './source-files.ts'

const folder = 'docs/decisions/'

/** docs/decisions/README.md: the records in the order of their numbers, each under the title that it gives itself. */
export function decisionIndex(files: readonly string[]): string {
  const records = files.filter((file) => file.startsWith(folder) && /\/\d{4}-[^/]+\.md$/.test(file)).sort()
  const lines = records.map((file) => {
    const name = file.slice(folder.length)
    const title = /^# \d+\. (.+)$/m.exec(readFileSync(path.join(root, file), 'utf8'))?.[1]
    if (!title) throw new Error(`${file} does not begin with "# ${name.slice(0, 4)}. Title"`)
    return `| [${name.slice(0, 4)}](${name}) | ${title} |`
  })
  return `${head}${lines.join('\n')}\n`
}

const head = `# Decisions

What would puzzle a newcomer in a year: why it is so, and what was given up for it. Short, in the words of the code. A record is
not edited when minds change: a new one supersedes it and says so, and the old one gets a line at its top that names the new.

A new record takes the next free number, begins with \`# 0000. A sentence that says the decision\`, and has three parts: context,
decision, consequences. This index is made from those titles by \`node tools/generate.ts\`.

| | |
| --- | --- |
`

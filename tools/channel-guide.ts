import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './source-files.ts'

export const channelGuidePath = 'docs/media/write-a-channel.md'

/**
 * "Write a channel" with the files of its example as they are: each block of code below a line `<!-- file: PATH -->` is that file. What
 * stands there is compiled, and goes through the conformance kit.
 */
export function channelGuide(): string {
  const page = readFileSync(path.join(root, channelGuidePath), 'utf8')
  return page.replaceAll(/(<!-- file: (\S+) -->\n)```\w*\n[\s\S]*?\n```\n/g, (_, mark: string, file: string) => {
    const code = readFileSync(path.join(root, file), 'utf8')
    if (code.includes('```')) throw new Error(`${file} cannot stand in a page`)
    return `${mark}\`\`\`${file.split('.').at(-1)}\n${code}\`\`\`\n`
  })
}

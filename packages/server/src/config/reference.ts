import type { Option } from './option.ts'
import { options } from './options.ts'

/** docs/operate/configuration.md, whole. */
export function configurationReference(): string {
  return [
    '# Configuration',
    '',
    'Parley is set up by environment variables. None has to be set. All that is wrong is told at once when it starts.',
    'Sizes count in thousands (1 KB is 1000 bytes). A variable marked \\* may hold a password: it is never repeated in a',
    'message, and can be given as a file instead (`DATABASE_URL_FILE=/run/secrets/database`).',
    '',
    'This page is made from `packages/server/src/config/options.ts` by `node tools/generate.ts`.',
    ...Object.entries(options).flatMap(([group, members]) => [
      '',
      `## ${group}`,
      '',
      '| variable | value | default | what it does |',
      '| --- | --- | --- | --- |',
      ...Object.entries<Option<unknown>>(members).map(row),
    ]),
    '',
  ].join('\n')
}

function row([name, { kind, written, says, isSecret }]: [string, Option<unknown>]): string {
  return `| \`${name}\`${isSecret ? ' \\*' : ''} | ${kind} | ${written ? `\`${written}\`` : ''} | ${says} |`
}

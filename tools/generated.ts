import { openApi } from '@parley/server'
import { configurationReference } from '@parley/server/config'
import { channelGuide, channelGuidePath } from './channel-guide.ts'
import { coveragePage } from './coverage.ts'
import { decisionIndex } from './decision-index.ts'

/** Files that are made from others. `node tools/generate.ts` writes them, verify compares them. */
export const generated: readonly { path: string; make(files: readonly string[]): string | Promise<string> }[] = [
  { path: 'docs/operate/configuration.md', make: configurationReference },
  { path: 'docs/protocol/openapi.json', make: () => `${JSON.stringify(openApi(), null, 2)}\n` },
  { path: 'docs/coverage.md', make: coveragePage },
  { path: channelGuidePath, make: channelGuide },
  { path: 'docs/decisions/README.md', make: decisionIndex },
]

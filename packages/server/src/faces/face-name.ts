import { houseFace } from '@parley/rules'
import type { SitePolicy } from '../sites/index.ts'
import { word } from '../words/index.ts'

/** What a face is called to somebody: the house's as the site's policy says in their language, any other as it is written. */
export function faceName(policy: Pick<SitePolicy, 'face'>, face: string, language: string): string {
  if (face !== houseFace) return face
  const names = policy.face === 'named' ? {} : policy.face.name
  return names[language] ?? names.en ?? Object.values(names)[0] ?? word(language, 'responder')
}

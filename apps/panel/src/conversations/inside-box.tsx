import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Inside } from '../structure/inside.model.ts'
import { sayInteraction } from '../structure/say-thing.ts'
import { useSay } from '../words/words.tsx'

interface Props {
  inside: Inside | null
  onRespond?: (inside: Inside) => void
  children: ReactNode
}

/** Marks what was said behind the back of who asks. What they see stands as it is. */
export function InsideBox({ inside, onRespond, children }: Props) {
  const say = useSay()
  if (!inside) return children
  const name = sayInteraction(inside.view, say)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div className="inside" role="group" aria-label={name}>
      <p className="inside-label">
        <strong>{say(inside.isWhisper ? 'structure.whisperNoun' : 'structure.backchannelNoun')}</strong>{' '}
        <span className="inside-not">{say('structure.notForVisitor')}</span>
        {!inside.isWhisper && <bdi className="inside-name">{name}</bdi>}
      </p>
      {children}
      {onRespond && inside.view.writable && (
        <Button size="compact-xs" variant="subtle" className="inside-respond" onClick={() => onRespond(inside)}>
          {say('structure.respond')}
        </Button>
      )}
    </div>
  )
}

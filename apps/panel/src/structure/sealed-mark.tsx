import { useSay } from '../words/words.tsx'

/** What is kept encrypted says so, and why it matters. */
export function SealedMark() {
  const say = useSay()
  return (
    <span className="mark" title={say('structure.sealedWhy')}>
      {say('structure.sealed')}
    </span>
  )
}

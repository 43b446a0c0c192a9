import { useSay } from '../words/words.tsx'

export function PeoplePage() {
  const say = useSay()
  return <h2>{say('admin.people')}</h2>
}

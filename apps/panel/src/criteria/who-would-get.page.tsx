import './criteria.css'
import { CriteriaWordsProvider } from './criteria-words.tsx'
import { WhoWouldGet } from './preview.tsx'

/** An administrator's question: who would get this, and why would everyone else not? */
export function WhoWouldGetPage() {
  return (
    <CriteriaWordsProvider>
      <WhoWouldGet />
    </CriteriaWordsProvider>
  )
}

import { Badge, Text } from '@mantine/core'
import type { CriteriaChoices, PersonVerdictView, VerdictView } from '@parley/protocol'
import { useWords } from '../words/words.tsx'
import { useSayCriteria } from './criteria-words.tsx'
import { sayReasons } from './say-verdict.model.ts'

/** Every reason of a verdict, one a line. */
export function Reasons({ verdict, choices }: { verdict: VerdictView; choices: CriteriaChoices | undefined }) {
  const say = useSayCriteria()
  const { language } = useWords()
  const time = (at: string) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at))
  return (
    <ul className="reasons">
      {sayReasons(verdict, { say, choices, language, time }).map(({ speaks, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: reasons stand in the order of the wishes and have no other name
        <li key={index} data-speaks={speaks}>
          {text}
        </li>
      ))}
    </ul>
  )
}

type Judged = { person: PersonVerdictView; choices: CriteriaChoices | undefined }

/** One person among others, whether they would be asked, and why. */
export function PersonVerdict(judged: Judged) {
  return (
    <li className="person-verdict">
      <Judgement {...judged} />
    </li>
  )
}

/** The one whom it is about. */
export function OneVerdict(judged: Judged) {
  return (
    <div className="own-verdict" data-matches={isAsked(judged.person)} role="status">
      <Judgement {...judged} />
    </div>
  )
}

function Judgement({ person, choices }: Judged) {
  const say = useSayCriteria()
  const { live, verdict } = person
  return (
    <>
      <div className="person-verdict-head">
        <Text fw={600}>{person.name || person.alias}</Text>
        <Badge className="badge-word" variant={isAsked(person) ? 'filled' : 'default'}>
          {say(isAsked(person) ? 'preview.asked' : 'preview.notAsked')}
        </Badge>
      </div>
      {live !== 'free' && (
        <Text size="sm" c="var(--desk-warn)">
          {say(`live.${live}`)}
        </Text>
      )}
      <Reasons verdict={verdict} choices={choices} />
    </>
  )
}

function isAsked({ live, verdict }: PersonVerdictView): boolean {
  return verdict.matches && live === 'free'
}

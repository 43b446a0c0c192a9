import { Checkbox, Text } from '@mantine/core'
import { useState } from 'react'
import { useSay } from '../words/words.tsx'
import { chosenFrom } from './colleagues.model.ts'
import { DialogFrame } from './dialog-frame.tsx'
import type { DialogProps } from './dialog-shown.tsx'
import { PeopleChooser } from './people-chooser.tsx'
import { usePerform } from './use-perform.ts'

/** Lets a team read along in a conversation, or no longer. */
export function TeamDialog({ dialog: { kind, conversation }, onClose }: DialogProps<'team-in' | 'team-out'>) {
  const say = useSay()
  const perform = usePerform()
  const [chosen, choose] = useState<string[]>([])
  const [withAll, setWithAll] = useState(false)
  const [team] = chosenFrom(chosen).teams
  const isIn = kind === 'team-in'
  return (
    <DialogFrame
      title={say(isIn ? 'structure.letTeamIn' : 'structure.letTeamOut')}
      does={say(isIn ? 'structure.letIn' : 'structure.letOut')}
      isReady={team !== undefined}
      onClose={onClose}
      onDo={() =>
        isIn
          ? perform(
              'let-team-in',
              { conversation, team, ...(withAll ? { history: 'all' } : {}) },
              say('structure.teamIn'),
            )
          : perform('let-team-out', { conversation, team }, say('structure.teamOut'))
      }
    >
      <Text size="sm">{say(isIn ? 'structure.letTeamInHow' : 'structure.letTeamOutHow')}</Text>
      <PeopleChooser label={say('structure.team')} value={chosen} onChange={choose} only="teams" most={1} />
      {isIn && (
        <Checkbox
          label={say('structure.alsoBefore')}
          checked={withAll}
          onChange={(event) => setWithAll(event.currentTarget.checked)}
        />
      )}
    </DialogFrame>
  )
}

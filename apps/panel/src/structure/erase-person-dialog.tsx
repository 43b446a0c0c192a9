import { Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useSay } from '../words/words.tsx'
import type { DeskDialog } from './dialogs.model.ts'
import { EraseFrame } from './erase-frame.tsx'

/** Somebody with all that they said; what remains of it where is said before. */
export function ErasePersonDialog({
  dialog: { person, name },
  onClose,
}: {
  dialog: Extract<DeskDialog, { kind: 'erase-person' }>
  onClose: (isDone?: boolean) => void
}) {
  const say = useSay()
  const queries = useQueryClient()
  return (
    <EraseFrame
      title={say('erasePerson.title', { name })}
      how={say('erasePerson.how')}
      done={say('erasePerson.done', { name })}
      operation="erase-person"
      input={{ person }}
      onErased={() => void queries.invalidateQueries({ queryKey: ['people'] })}
      onClose={onClose}
    >
      <Text size="sm">{say('erasePerson.backups')}</Text>
    </EraseFrame>
  )
}

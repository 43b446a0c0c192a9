import { Loader, NativeSelect, Stack } from '@mantine/core'
import type { ConversationView } from '@parley/protocol'
import { useState } from 'react'
import { Refused } from '../api/ask.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useMe } from '../settings/me.queries.ts'
import { deedsIn } from '../structure/deeds.model.ts'
import type { Thing } from '../structure/dialogs.model.ts'
import { useFields } from '../structure/fields.queries.ts'
import { idOf } from '../structure/merge.model.ts'
import { sayThing } from '../structure/say-thing.ts'
import { useSay } from '../words/words.tsx'
import { insideOf, thingsIn } from './details.model.ts'
import { DetailsForm } from './details-form.tsx'
import { DetailsShown } from './details-shown.tsx'
import { Places } from './places.tsx'

/** All that stands beside a conversation, a ticket or an interaction, and who is in it. */
export function Details({ conversation }: { conversation: ConversationView }) {
  const say = useSay()
  const role = useMe().data?.role ?? 'responder'
  const things = thingsIn(conversation)
  const [chosen, choose] = useState(conversation.id)
  const what = things.find((one) => idOf(one) === chosen) ?? { conversation: conversation.id }
  const mayEdit = deedsIn(insideOf(conversation, what), role).has('edit-fields')
  return (
    <Stack className="details">
      {things.length > 1 && (
        <NativeSelect
          label={say('structure.fieldsOf')}
          value={idOf(what)}
          onChange={(event) => choose(event.currentTarget.value)}
          data={things.map((one) => ({
            value: idOf(one),
            label: 'conversation' in one ? say('structure.everything') : sayThing(one, [conversation], say),
          }))}
        />
      )}
      {mayEdit ? (
        <Editable key={JSON.stringify(what)} conversation={conversation} what={what} />
      ) : (
        <DetailsShown conversation={conversation} what={what} />
      )}
      <Places conversation={conversation} what={what} />
    </Stack>
  )
}

function Editable({ conversation, what }: { conversation: ConversationView; what: Thing }) {
  const say = useSay()
  const fields = useFields(what)
  if (fields.error instanceof Refused && !fields.data) {
    return fields.error.problem.reason === 'not-allowed' ? (
      <DetailsShown conversation={conversation} what={what} />
    ) : (
      <ProblemNote problem={fields.error.problem} />
    )
  }
  // What was read before somebody else's change is nothing to begin with.
  if (!fields.data || !fields.isFetchedAfterMount) return <Loader role="status" aria-label={say('page.loading')} />
  const readAgain = async () => (await fields.refetch()).data
  return <DetailsForm conversation={conversation} what={what} fields={fields.data} readAgain={readAgain} />
}

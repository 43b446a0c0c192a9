import { Checkbox, FileInput, Group, Text, Textarea, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { upload } from '../conversations/conversation.queries.ts'
import { useSay } from '../words/words.tsx'
import { DialogFrame } from './dialog-frame.tsx'
import type { DialogProps } from './dialog-shown.tsx'
import { fileInput, localMinute } from './file.model.ts'
import { usePerform } from './use-perform.ts'

/** Keeps here what was said elsewhere: on the phone, across a counter, in a mail. */
export function FileDialog({ dialog, conversation, onClose }: DialogProps<'file'>) {
  const say = useSay()
  const perform = usePerform()
  const [said, setSaid] = useState({ text: '', at: localMinute(new Date()), by: '', over: '' })
  const change = (patch: Partial<typeof said>) => setSaid((before) => ({ ...before, ...patch }))
  const [files, setFiles] = useState<File[]>([])
  const [isSealed, setSealed] = useState(false)
  const isSealedThere =
    conversation.sealed || conversation.interactions.some(({ id, sealed }) => id === dialog.interaction && sealed)
  // What has arrived is not sent again when the rest is tried once more.
  const arrived = useRef(new Map<File, string>())
  const input = fileInput(said, new Date())
  async function fileIt() {
    const attachments: string[] = []
    for (const one of files) {
      const known = arrived.current.get(one)
      const answer = known ? null : await upload(one, isSealed)
      if (answer && !answer.ok) return answer
      const id = known ?? answer?.value.id ?? ''
      arrived.current.set(one, id)
      attachments.push(id)
    }
    const rest = { ...(attachments.length === 0 ? {} : { attachments }), ...(isSealed ? { sealed: true } : {}) }
    return perform('file', { interaction: dialog.interaction, said: { ...input, ...rest } }, say('structure.filed'))
  }
  return (
    <DialogFrame
      title={say('structure.fileTitle')}
      does={say('structure.file')}
      isReady={input !== null}
      onClose={onClose}
      onDo={fileIt}
    >
      <Text size="sm">{say('structure.fileHow')}</Text>
      <Textarea
        label={say('structure.fileText')}
        required
        autosize
        minRows={3}
        maxRows={10}
        dir="auto"
        value={said.text}
        data-autofocus
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <Group grow align="flex-start">
        <TextInput
          label={say('structure.fileBy')}
          value={said.by}
          maxLength={100}
          dir="auto"
          onChange={(event) => change({ by: event.currentTarget.value })}
        />
        <TextInput
          label={say('structure.fileOver')}
          value={said.over}
          maxLength={50}
          dir="auto"
          onChange={(event) => change({ over: event.currentTarget.value })}
        />
      </Group>
      <TextInput
        type="datetime-local"
        label={say('structure.fileAt')}
        required
        value={said.at}
        max={localMinute(new Date())}
        onChange={(event) => change({ at: event.currentTarget.value })}
      />
      {!isSealedThere && (
        <Checkbox
          label={say('seal.say')}
          description={say('seal.sayHow')}
          checked={isSealed}
          onChange={(event) => setSealed(event.currentTarget.checked)}
        />
      )}
      <FileInput label={say('composer.attach')} multiple value={files} onChange={setFiles} />
    </DialogFrame>
  )
}

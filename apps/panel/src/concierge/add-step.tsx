import { Modal, Select, Stack } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useSay } from '../words/words.tsx'
import { allWays, exitsOf } from './exits.model.ts'
import { kindWords, type Speaking, sayExit, short, titleOf } from './say-script.model.ts'
import { addAfter, stepKinds } from './script-edit.model.ts'
import { StepMark } from './step-mark.tsx'
import type { Editor } from './use-editor.ts'

interface Props {
  editor: Editor
  speaking: Speaking
  /** Undefined: nothing is being added. Null: at the very beginning. */
  after: { step: string; at: string } | null | undefined
  onClose(): void
  onAdded(): void
}

/** Which kind of step, and on which of the ways on. */
export function AddStep({ editor, speaking, after, onClose, onAdded }: Props) {
  const { say } = speaking
  const sayDesk = useSay()
  const { script } = editor
  const [at, setAt] = useState('')
  useEffect(() => setAt(after?.at ?? ''), [after])
  const step = after ? script.steps[after.step] : undefined
  const exits = step ? exitsOf(step) : []
  const ways = exits.map(({ at: value, label }) => ({
    value,
    label: label ? sayExit(label, speaking) : say('exit.next'),
  }))
  // A way that an answer does not have yet, and is about to get.
  const isNew = after && step && !allWays(step).some((one) => one.at === after.at)
  return (
    <Modal
      opened={after !== undefined}
      onClose={onClose}
      title={step ? say('add.after', { step: short(titleOf(step, speaking), 50) }) : say('add.first')}
      closeButtonProps={{ 'aria-label': sayDesk('page.close') }}
    >
      <Stack gap="sm">
        {ways.length > 1 && !isNew && (
          <Select
            label={say('add.where')}
            data={ways}
            value={at}
            onChange={(value) => value && setAt(value)}
            allowDeselect={false}
          />
        )}
        <ul className="kinds">
          {stepKinds.map((kind, index) => (
            <li key={kind}>
              <button
                type="button"
                className="step-box kind-choice"
                data-kind={kind}
                data-autofocus={index === 0 ? true : undefined}
                onClick={() => {
                  editor.apply(addAfter(script, after ? { step: after.step, at: at || after.at } : null, kind))
                  onAdded()
                }}
              >
                <span className="step-kind">
                  <StepMark kind={kind} />
                  <span className="step-kind-word">{say(kindWords[kind].name)}</span>
                </span>
                <span className="kind-how">{say(kindWords[kind].how)}</span>
              </button>
            </li>
          ))}
        </ul>
      </Stack>
    </Modal>
  )
}

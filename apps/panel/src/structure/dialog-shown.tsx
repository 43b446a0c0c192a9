import type { ConversationView } from '@parley/protocol'
import { useEffect } from 'react'
import { useLive } from '../live/live.tsx'
import { AliasDialog } from './alias-dialog.tsx'
import { CopyDialog } from './copy-dialog.tsx'
import type { DeskDialog } from './dialogs.model.ts'
import { EraseDialog } from './erase-dialog.tsx'
import { ErasePersonDialog } from './erase-person-dialog.tsx'
import { FileDialog } from './file-dialog.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { LetSeeDialog } from './let-see-dialog.tsx'
import { LinkDialog } from './link-dialog.tsx'
import { MergeDialog } from './merge-dialog.tsx'
import { OwnSpaceDialog } from './own-space-dialog.tsx'
import { ReadersDialog } from './readers-dialog.tsx'
import { SealDialog } from './seal-dialog.tsx'
import { SplitDialog } from './split-dialog.tsx'
import { TeamDialog } from './team-dialog.tsx'
import { TransferDialog } from './transfer-dialog.tsx'

export interface DialogProps<Kind extends DeskDialog['kind']> {
  dialog: Extract<DeskDialog, { kind: Kind }>
  conversation: ConversationView
  onClose: (isDone?: boolean) => void
}

export function DialogShown({ dialog, onClose }: { dialog: DeskDialog; onClose: (isDone?: boolean) => void }) {
  const live = useLive()
  if (dialog.kind === 'own-space') return <OwnSpaceDialog onClose={onClose} />
  if (dialog.kind === 'erase-person') return <ErasePersonDialog dialog={dialog} onClose={onClose} />
  const conversation = live.conversations.find(({ id }) => id === dialog.conversation)
  if (!conversation) return <Gone onClose={onClose} />
  const rest = { conversation, onClose }
  switch (dialog.kind) {
    case 'backchannel':
    case 'invite':
      return <InviteDialog dialog={dialog} {...rest} />
    case 'transfer':
      return <TransferDialog dialog={dialog} {...rest} />
    case 'merge':
      return <MergeDialog dialog={dialog} {...rest} />
    case 'split':
    case 'split-messages':
      return <SplitDialog dialog={dialog} {...rest} />
    case 'copy':
      return <CopyDialog dialog={dialog} {...rest} />
    case 'link':
      return <LinkDialog dialog={dialog} {...rest} />
    case 'file':
      return <FileDialog dialog={dialog} {...rest} />
    case 'readers':
      return <ReadersDialog dialog={dialog} {...rest} />
    case 'team-in':
    case 'team-out':
      return <TeamDialog dialog={dialog} {...rest} />
    case 'let-see':
      return <LetSeeDialog dialog={dialog} {...rest} />
    case 'alias':
      return <AliasDialog dialog={dialog} {...rest} />
    case 'seal':
      return <SealDialog dialog={dialog} {...rest} />
    case 'erase':
      return <EraseDialog dialog={dialog} {...rest} />
  }
}

/** What it was about is there no longer. What it was opened from comes forward again. */
function Gone({ onClose }: { onClose: () => void }) {
  useEffect(() => onClose(), [onClose])
  return null
}

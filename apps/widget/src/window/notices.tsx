import { type PanelName, titleOf } from './panels.tsx'
import type { Session } from './session.ts'
import { t } from './text.ts'

/** Where the conversation came from, and that it may get lost. */
export function Notices({ session, onPanel }: { session: Session; onPanel: (name: PanelName) => void }) {
  const { continuedFrom, isFleeting } = session
  return (
    <>
      {continuedFrom && (
        <p class="notice">
          {t('continuing', { host: continuedFrom })}{' '}
          <button type="button" class="link" onClick={() => void session.notYou()}>
            {t('notYou')}
          </button>
        </p>
      )}
      {isFleeting && (
        <p class="notice">
          {t('noStorage')}{' '}
          <button type="button" class="link" onClick={() => onPanel('recovery')}>
            {t('recoveryTitle')}
          </button>
        </p>
      )}
    </>
  )
}

export function Recover({ session }: { session: Session }) {
  return (
    <>
      <h2>{t('recoverTitle')}</h2>
      <p>{t('recoverText')}</p>
      <button type="button" class="main" onClick={session.recover}>
        {t('recover')}
      </button>
    </>
  )
}

export function Ended({ session }: { session: Session }) {
  return (
    <div class="ended">
      <p role="status">{t(session.isGone ? 'gone' : 'ended')}</p>
      <button type="button" class="main" onClick={session.startNew}>
        {t('startNew')}
      </button>
    </div>
  )
}

/** Nobody is left to ask; the question waits. */
export function Nobody({ session, onPanel }: { session: Session; onPanel: (name: PanelName) => void }) {
  return (
    <p class="hunt">
      {t('nobody')}{' '}
      {session.config?.media[0] && (
        <>
          {t('nobodyHow')}{' '}
          <button type="button" class="link" onClick={() => onPanel('move')}>
            {titleOf('move', session)}
          </button>
        </>
      )}
    </p>
  )
}

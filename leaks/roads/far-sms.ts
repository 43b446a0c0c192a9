import { type Smsc, startSmsc } from '@parley/dev-env'
import { type FarEnd, type Hears, once } from './far-end.ts'

/** A service centre with somebody's phone: hears each part as it is handed over, and each text as it is shown. */
export async function startFarSms(number: string, hears: Hears): Promise<FarEnd & { readonly smsc: Smsc }> {
  const smsc = await startSmsc()
  const refusal = once()
  const phone = smsc.phone(number)
  smsc.judge = (part) => {
    hears(part.to, JSON.stringify(part))
    return 'take'
  }
  phone.onChange = () => {
    const last = phone.history.at(-1)
    if (last && !last.isOwn) hears(number, last.text)
  }
  smsc.fate = () => (refusal.take() ? 'UNDELIV' : 'DELIVRD')
  return {
    smsc,
    async says(text, { own, tag }) {
      const told = await phone.sends(tag === null ? text : `${tag} ${text}`, own ?? '')
      return told === 'taken' ? null : told
    },
    refusesNext: refusal.set,
    stop: () => smsc.close(),
  }
}

export {
  type CreateSignInResult,
  createSignIn,
  type SignIn,
  type SignInNotice,
  type SignInSettings,
} from './create-sign-in.ts'
export type { Holder } from './holders.ts'

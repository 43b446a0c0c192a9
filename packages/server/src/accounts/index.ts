export {
  type CreatedAccount,
  createAccount,
  type NewAccount,
  type NewResponder,
  type NewSite,
} from './create-account.ts'

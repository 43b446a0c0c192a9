export { findSubscription, type KeptSubscription, keepSubscription, renewSubscription } from './keep-subscription.ts'
export { Nudges } from './nudges.ts'

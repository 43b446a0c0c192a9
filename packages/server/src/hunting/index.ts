export { answerOffer, type FindOffer, type OfferAnswer, type OfferAnswered, type OfferRow } from './answer-offer.ts'
export { beginHunt } from './begin-hunt.ts'
export { findOfferIn } from './find-offer.ts'
export { takeOfferCommand } from './offer-command.ts'

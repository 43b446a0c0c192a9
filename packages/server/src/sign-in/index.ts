export { createSignIn, type SignIn } from './create-sign-in.ts'

export { returnAddress } from './service/start.ts'
export { useProvedIdentifier } from './service/steps.ts'
export { openKinds } from './service/ways.ts'

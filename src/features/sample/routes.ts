import { type BoundRoute, bindOwn } from '../../platform/http/bind.ts'
import { sampleContract as contract } from './contract.ts'
import { loadSample, type SampleParts } from './service/load.ts'
import { removeSample } from './service/remove.ts'

export function sampleRoutes(parts: SampleParts): readonly BoundRoute[] {
  return [
    bindOwn(contract.loadSample, (context, input) => loadSample(parts, context, input)),
    bindOwn(contract.removeSample, (context) => removeSample(parts, context)),
  ]
}

import type { Item } from '../../api/client.ts'
import { StatusBadge, type StatusKind } from '../../ui/status-badge.tsx'
import { useImportWords } from './words.ts'

type State = Item<'listImports'>['state']

const kinds: Readonly<Record<State, StatusKind>> = {
  draft: 'wait',
  applying: 'busy',
  applied: 'good',
  undoing: 'busy',
  undone: 'off',
}

/** Where an import stands, in words. */
export function ImportState({ shown }: { readonly shown: { readonly state: State } }) {
  const t = useImportWords()
  return <StatusBadge kind={kinds[shown.state]}>{t(`state.${shown.state}`)}</StatusBadge>
}

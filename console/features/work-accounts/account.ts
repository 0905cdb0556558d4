import type { Answer, Item } from '../../api/client.ts'

export type ListedAccount = Item<'listWorkAccounts'>
export type AccountDetail = Answer<'readWorkAccount'>
export type OutsideSystem = Item<'listSystems'>

export const accountStates = ['held', 'deletion_requested', 'released', 'closed'] as const
export const numberUses = ['login', 'verification', 'both'] as const
export type NumberUse = (typeof numberUses)[number]

import { describe, expect, it } from 'vitest'
import { Refusal } from '../../kernel/refusal.ts'
import { type AccountFacts, type AccountWay, decideDeletionEnd, decideTask, mustTake } from './rules.ts'
import { stateAfter, type WorkAccountStep, workAccountStates, workAccountSteps } from './states.ts'
import { deletionWaitDays, workAccountTemplates } from './templates.ts'

const held: AccountFacts = { state: 'held', systemKind: 'custom', holderId: 'anna', hasNumber: true }
const bela = { memberId: 'bela', name: 'Béla', status: 'active' }

function taskOf(change: Partial<AccountFacts>, way: AccountWay, to: typeof bela | null = null): string {
  try {
    return decideTask({ ...held, ...change }, { way, to })
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

describe('the states of an account', () => {
  it('WRK-5 are all reached from held, and nothing leads out of released and closed', () => {
    const reached = new Set<string>(['held'])
    for (const _ of workAccountStates) {
      for (const { from, to } of Object.values(workAccountSteps)) {
        if (from.some((state) => reached.has(state))) reached.add(to)
      }
    }
    expect([...reached].sort()).toEqual([...workAccountStates].sort())
    for (const step of Object.keys(workAccountSteps) as WorkAccountStep[]) {
      expect(stateAfter('released', step)).toBeNull()
      expect(stateAfter('closed', step)).toBeNull()
    }
    expect(() => mustTake('withdrawDeletion', 'held')).toThrow(Refusal)
  })
})

describe('the task that does it', () => {
  it.each([
    ['an account passes on', {}, 'pass_on', bela, 'work_account.pass_on'],
    ['the company keeps it', {}, 'park', null, 'work_account.park'],
    ['it is closed', {}, 'end', null, 'work_account.close'],
    ['to who has it', { holderId: 'bela' }, 'pass_on', bela, 'work_account.already_held'],
    ['kept twice', { holderId: null }, 'park', null, 'work_account.kept_already'],
    ['what is closed', { state: 'closed' }, 'pass_on', bela, 'work_account.not_in_state'],
    ['to who is suspended', {}, 'pass_on', { ...bela, status: 'suspended' }, 'work_account.member_left'],
    [
      'S000 a WeCom account is deleted by its person',
      { systemKind: 'wecom' },
      'end',
      null,
      'work_account.delete',
    ],
    ['S000 its number is taken over', { systemKind: 'wecom' }, 'pass_on', bela, 'work_account.change_mobile'],
    [
      'S000 also while its deletion runs',
      { systemKind: 'wecom', state: 'deletion_requested' },
      'pass_on',
      bela,
      'work_account.change_mobile',
    ],
    [
      'its end is confirmed after the wait',
      { systemKind: 'wecom', state: 'deletion_requested' },
      'end',
      null,
      'work_account.confirm_deleted',
    ],
    ['WRK-5 it is never kept', { systemKind: 'wecom' }, 'park', null, 'work_account.wecom_personal'],
    [
      'without a number there is none to take over',
      { systemKind: 'wecom', hasNumber: false },
      'pass_on',
      bela,
      'work_account.number_missing',
    ],
  ] as const)('%s', (_, change, way, to, outcome) => {
    expect(taskOf(change, way, to)).toBe(outcome)
  })
})

describe('the deletion of a WeCom account', () => {
  it('WRK-5 takes 15 days unless its end is known, which is not past', () => {
    const now = '2026-03-01T09:00:00.000000Z'
    expect(decideDeletionEnd(null, now)).toBe('2026-03-16T09:00:00.000000Z')
    expect(decideDeletionEnd('2026-03-10T00:00:00.000000Z', now)).toBe('2026-03-10T00:00:00.000000Z')
    expect(() => decideDeletionEnd(now, now)).toThrow(
      expect.objectContaining({ code: 'work_account.deletion_past' }),
    )
    expect(deletionWaitDays).toBe(15)
  })
})

describe('the instructions of S000', () => {
  it('carry the vendor’s own path in both languages, what is lost, and the consent', () => {
    const named = (name: string) => workAccountTemplates.find((template) => template.name === name)
    const paths = (name: string) =>
      named(name)?.steps.flatMap((step) => ('paths' in step && step.paths ? [step.paths] : []))
    expect(paths('wecom.delete_account')).toEqual([
      {
        en: 'Settings > Account & Security > WeCom Security Center > Delete Account',
        zh: '设置 > 账号与安全 > 企业微信安全中心 > 注销账号',
      },
    ])
    expect(paths('wecom.change_mobile')?.[0]?.en).toBe(
      'Settings > Account & Security > Mobile Number > Change Mobile',
    )
    expect(named('wecom.delete_account')?.consent).toBeDefined()
    for (const name of ['wecom.delete_account', 'wecom.change_mobile']) {
      expect(named(name)?.losses).toHaveLength(3)
      expect(named(name)?.conditions?.length).toBeGreaterThan(1)
    }
  })
})

import { describe, expect, it } from 'vitest'
import type { CellValue } from '../model/column.ts'
import {
  accountKey,
  type KnownFacts,
  type KnownMember,
  type KnownNumber,
  nothingKnown,
  pathKey,
  systemKey,
} from '../model/known.ts'
import { type CheckOptions, defaultOptions, noEdits, type RowEdits } from '../model/options.ts'
import type { CheckedRow, ReadRow } from '../model/rows.ts'
import type { TemplateName } from '../model/template.ts'
import { templates } from '../model/templates/all.ts'
import { beginCheck } from './check.ts'
import { checkRow, checkRows, countVerdict, noCounts } from './check-rows.ts'
import { beginSurvey, surveyRow } from './survey.ts'

type Values = Readonly<Record<string, CellValue>>

function rowsOf(all: readonly Values[], edits: Partial<RowEdits> = {}): ReadRow[] {
  return all.map((values, index) => ({
    row: index + 2,
    isBlank: false,
    isSample: false,
    values,
    problems: [],
    edits: { ...noEdits, ...edits },
  }))
}

function person(staffCode: string, more: Values = {}): Values {
  return { staffCode, name: `Name of ${staffCode}`, ...more }
}

function knownMember(staffCode: string, wish: Partial<KnownMember> = {}): [string, KnownMember] {
  const member: KnownMember = {
    memberId: `id-${staffCode}`,
    staffCode,
    name: `Name of ${staffCode}`,
    status: 'active',
    alias: null,
    title: null,
    email: null,
    mobile: null,
    destination: null,
    role: 'member',
    managerStaffCode: null,
    places: [],
    numbersCounted: 0,
    ...wish,
  }
  return [staffCode, member]
}

function knownNumber(wish: Partial<KnownNumber> = {}): KnownNumber {
  return {
    numberId: 'n1',
    state: 'parked',
    holderStaffCode: null,
    type: 'mobile',
    label: null,
    fields: {},
    licensed: true,
    ...wish,
  }
}

interface World {
  readonly template?: TemplateName
  readonly options?: Partial<CheckOptions>
  readonly known?: Partial<KnownFacts>
  readonly edits?: Partial<RowEdits>
}

function check(
  all: readonly Values[],
  { template = 'members', options, known, edits }: World = {},
): CheckedRow[] {
  return checkRows(rowsOf(all, edits), {
    template: templates[template],
    options: { ...defaultOptions, ...options },
    known: { ...nothingKnown('示例公司'), ...known },
  })
}

function told(rows: readonly CheckedRow[]): string[] {
  return rows.map(({ verdict, problems }) => [verdict, ...problems.map(({ code }) => code)].join(' '))
}

function paths(...names: readonly string[]): CellValue {
  return names.map((name) => ({ names: name.split('/'), isLead: false }))
}

const departments: readonly (readonly [id: string, path: readonly string[]])[] = [
  ['d1', ['市场部']],
  ['d2', ['市场部', '华东']],
  ['host', ['委托公司']],
]
const tree: Partial<KnownFacts> = {
  departmentIds: new Map(departments.map(([id, names]) => [pathKey(names), id])),
  departmentPaths: new Map(departments),
}

describe('MIG-3 a row of members', () => {
  it('that nobody has yet is new', () => {
    const [row] = check([person('lisi', { mobile: '+8613800138000', departments: paths('市场部/华东') })], {
      known: tree,
    })
    expect(row).toMatchObject({
      verdict: 'new',
      subjectId: null,
      draft: {
        subject: 'member',
        staffCode: 'lisi',
        mobile: '+8613800138000',
        places: [{ departmentId: 'd2', path: ['市场部', '华东'], isLead: false }],
      },
    })
  })

  it('that says what is there is unchanged, whether or not anything was chosen', () => {
    const members = new Map([
      knownMember('lisi', { title: '经理', places: [{ departmentId: 'd1', isLead: false }] }),
    ])
    const rows = [person('lisi', { title: '经理', departments: paths('市场部') })]
    for (const existing of [null, 'overwrite'] as const) {
      expect(told(check(rows, { known: { ...tree, members }, options: { existing } }))).toEqual(['unchanged'])
    }
  })

  it('that says something else needs a choice, then shows what changes, or is skipped', () => {
    const members = new Map([
      knownMember('lisi', { title: '经理', places: [{ departmentId: 'd1', isLead: true }] }),
    ])
    const rows = [person('lisi', { title: '总监', departments: paths('市场部/华东') })]
    const changes = [
      { column: 'title', before: '经理', after: '总监' },
      { column: 'departments', before: '市场部*', after: '市场部/华东' },
    ]
    const known = { ...tree, members }
    const [asked] = check(rows, { known })
    expect(asked).toMatchObject({
      verdict: 'conflict',
      draft: null,
      changes,
      problems: [{ code: 'staff_code_exists' }],
    })
    const [changed] = check(rows, { known, options: { existing: 'overwrite' } })
    expect(changed).toMatchObject({ verdict: 'changed', subjectId: 'id-lisi', changes, problems: [] })
    expect(told(check(rows, { known, options: { existing: 'skip' } }))).toEqual(['skipped'])
    expect(
      told(check(rows, { known, options: { existing: 'skip' }, edits: { existing: 'overwrite' } })),
    ).toEqual(['changed'])
  })

  it('that leaves a cell empty leaves what the member has', () => {
    const members = new Map([knownMember('lisi', { title: '经理', mobile: '+8613800138000' })])
    expect(told(check([person('lisi')], { known: { members } }))).toEqual(['unchanged'])
  })

  it.each([
    ['the same staff code twice', [person('a'), person('a')], {}, ['new', 'error staff_code_twice']],
    [
      'the code of somebody who has left',
      [person('a')],
      { members: new Map([knownMember('a', { status: 'left' })]) },
      ['error staff_code_of_leaver'],
    ],
    ['a new code for a member nobody knows', [person('a:b')], {}, ['error rename_unknown']],
    [
      'a new code that another member has',
      [person('a:b')],
      { members: new Map([knownMember('a'), knownMember('b')]) },
      ['error rename_taken staff_code_exists'],
    ],
    [
      'one mobile twice',
      [person('a', { mobile: '+8613800138000' }), person('b', { mobile: '+8613800138000' })],
      {},
      ['new', 'conflict mobile_twice'],
    ],
    [
      'the mobile of another member',
      [person('a', { mobile: '+8613800138000' })],
      { codeByMobile: new Map([['+8613800138000', 'z']]), members: new Map([knownMember('z')]) },
      ['conflict mobile_taken'],
    ],
    ['a manager nobody knows', [person('a', { managerStaffCode: 'z' })], {}, ['error manager_unknown']],
    ['a manager further down', [person('a', { managerStaffCode: 'b' }), person('b')], {}, ['new', 'new']],
    ['themselves as manager', [person('a', { managerStaffCode: 'a' })], {}, ['error manager_is_self']],
    [
      'a manager who has left',
      [person('a', { managerStaffCode: 'z' })],
      { members: new Map([knownMember('z', { status: 'left' })]) },
      ['error manager_has_left'],
    ],
    [
      'managers in a circle, told once',
      [
        person('a', { managerStaffCode: 'b' }),
        person('b', { managerStaffCode: 'c' }),
        person('c', { managerStaffCode: 'a' }),
        person('d', { managerStaffCode: 'a' }),
      ],
      {},
      ['new', 'new', 'error manager_cycle', 'new'],
    ],
    [
      'a circle through somebody who is here already',
      [person('a', { managerStaffCode: 'z' })],
      { members: new Map([knownMember('z', { managerStaffCode: 'a' })]) },
      ['error manager_cycle'],
    ],
    ['someone marked as disabled', [person('a', { disabled: true })], {}, ['new member_disabled']],
    ['someone who has left', [person('a', { status: 'left' })], {}, ['skipped']],
    [
      'an Owner, by whoever may not',
      [person('a', { role: 'owner' })],
      { mayMakeOwners: false },
      ['error owner_only'],
    ],
    [
      'codes that lost their zeros',
      [person('0012'), person('0345'), person('7'), person('x', { managerStaffCode: '12' })],
      {},
      ['new', 'new', 'conflict staff_code_zeros_lost', 'error leading_zero_lost'],
    ],
    [
      'a staff code that somebody has in other capital letters',
      [person('chen.jia'), person('x', { managerStaffCode: 'CHEN.JIA' })],
      { members: new Map([knownMember('Chen.Jia')]) },
      ['conflict staff_code_case', 'error member_code_case'],
    ],
    [
      'two rows whose staff codes differ in capital letters alone',
      [person('Chen.Jia'), person('chen.jia')],
      {},
      ['new', 'conflict staff_code_case'],
    ],
    [
      'a staff code that only changes its case',
      [person('Chen.Jia:chen.jia', { name: 'Name of Chen.Jia' })],
      { members: new Map([knownMember('Chen.Jia')]) },
      ['conflict staff_code_exists'],
    ],
  ] as const)('with %s is told', (_, rows, known, wanted) => {
    expect(told(check(rows, { known }))).toEqual(wanted)
  })

  it('renames a member by both codes, and is done when the new one is there', () => {
    const known = { members: new Map([knownMember('old')]) }
    const [row] = check([person('old:new', { name: 'Name of old' })], {
      known,
      options: { existing: 'overwrite' },
    })
    expect(row).toMatchObject({
      verdict: 'changed',
      subjectId: 'id-old',
      changes: [{ column: 'staffCode', before: 'old', after: 'new' }],
      draft: { staffCode: 'new', renamedFrom: 'old' },
    })
    const after = { members: new Map([knownMember('new')]) }
    expect(told(check([person('old:new', { name: 'Name of new' })], { known: after }))).toEqual(['unchanged'])
  })

  it('is taken as it is once somebody says that it is right, but not when nothing could be kept', () => {
    const rows = [person('a', { mobile: '+8613800138000' }), person('b', { mobile: '+8613800138000' })]
    expect(told(check(rows, { edits: { accepted: ['mobile_twice'] } }))).toEqual(['new', 'new'])
    expect(told(check([person('a'), person('a')], { edits: { accepted: ['staff_code_twice'] } }))).toEqual([
      'new',
      'error staff_code_twice',
    ])
  })

  it('that is left out does not stand in the way of another', () => {
    const [first, ...others] = rowsOf([person('a'), person('a')])
    if (!first) throw new Error('there are two rows')
    const rows = [{ ...first, edits: { ...noEdits, skip: true } }, ...others]
    const context = { template: templates.members, options: defaultOptions, known: nothingKnown('x') }
    expect(told(checkRows(rows, context))).toEqual(['skipped', 'new'])
  })

  it('by WeCom keeps who leads a department, since WeCom’s file does not say it', () => {
    const members = new Map([knownMember('a', { places: [{ departmentId: 'd1', isLead: true }] })])
    const rows = [person('a', { departments: paths('市场部') })]
    const known = { ...tree, members }
    expect(told(check(rows, { template: 'wecom-members', known }))).toEqual(['unchanged'])
    expect(told(check(rows, { known }))).toEqual(['conflict staff_code_exists'])
  })
})

describe('MIG-6 departments', () => {
  function placesIn(row: CheckedRow | undefined) {
    return row?.draft?.subject === 'member'
      ? row.draft.places?.map(({ departmentId, path }) => `${departmentId} ${path.join('/')}`)
      : undefined
  }

  it('of another company go below the destination, with those without any', () => {
    const rows = [
      person('a', { departments: paths('腾讯公司/广州研发部') }),
      person('b', { departments: paths('腾讯公司') }),
      person('c'),
    ]
    const checked = check(rows, { known: tree, options: { destinationDepartmentId: 'host' } })
    expect(checked.map(placesIn)).toEqual([
      ['null 委托公司/腾讯公司/广州研发部'],
      ['null 委托公司/腾讯公司'],
      ['host 委托公司'],
    ])
  })

  it('of several beginnings, or of one that is there, stay where they are', () => {
    const options = { destinationDepartmentId: 'host' }
    const several = [person('a', { departments: paths('一部') }), person('b', { departments: paths('二部') })]
    expect(check(several, { known: tree, options }).map(placesIn)).toEqual([['null 一部'], ['null 二部']])
    const there = [person('a', { departments: paths('市场部/华南') })]
    expect(check(there, { known: tree, options }).map(placesIn)).toEqual([['null 市场部/华南']])
  })

  it('begin without the own company’s name, as WeCom writes it', () => {
    const rows = [
      person('a', { departments: paths('示例公司/市场部') }),
      person('b', { departments: paths('示例公司') }),
    ]
    expect(check(rows, { known: tree }).map(placesIn)).toEqual([['d1 市场部'], undefined])
  })

  it('that would be made are told once, with those above them', () => {
    const rows = rowsOf([
      person('a', { departments: paths('研发部/一组') }),
      person('b', { departments: paths('研发部/二组', '市场部') }),
    ])
    const survey = beginSurvey(templates.members)
    for (const row of rows) surveyRow(survey, row)
    const begun = beginCheck(survey, { ...nothingKnown('示例公司'), ...tree }, defaultOptions)
    for (const row of rows) checkRow(begun, row)
    expect([...begun.newDepartments.values()].map((names) => names.join('/'))).toEqual([
      '研发部',
      '研发部/一组',
      '研发部/二组',
    ])
  })

  it('are at most fifteen levels deep with the destination', () => {
    const deep = ['x', ...Array.from({ length: 14 }, (_, level) => `L${level}`)].join('/')
    const rows = [person('a', { departments: paths(deep) })]
    expect(told(check(rows, { known: tree }))).toEqual(['new'])
    expect(told(check(rows, { known: tree, options: { destinationDepartmentId: 'host' } }))).toEqual([
      'error department_too_deep',
    ])
  })

  it('by id wait for somebody to say which they are', () => {
    const rows = [person('a', { departmentIds: ['6', '7'], leads: [false, true] })]
    const world = { template: 'wecom-api-members', known: tree } as const
    expect(told(check(rows, world))).toEqual(['error department_id_unknown department_id_unknown'])
    const [row] = check(rows, { ...world, options: { departmentIds: { 6: 'd1', 7: 'd2' } } })
    expect(row?.draft).toMatchObject({
      places: [
        { departmentId: 'd1', isLead: false },
        { departmentId: 'd2', isLead: true },
      ],
    })
    const odd = [person('a', { departmentIds: ['6'], leads: [true, false] })]
    expect(told(check(odd, { ...world, options: { departmentIds: { 6: 'd1' } } }))).toEqual([
      'error flags_invalid',
    ])
  })
})

describe('a row of numbers', () => {
  const e164 = '+493012345678'
  const lisi = new Map([knownMember('lisi', { numbersCounted: 9 }), knownMember('gone', { status: 'left' })])

  function checkNumbers(
    rows: readonly Values[],
    known: Partial<KnownFacts>,
    options: Partial<CheckOptions> = {},
  ) {
    return check(rows, { template: 'numbers', known: { members: lisi, licencesFree: 5, ...known }, options })
  }

  it('is new, with its free fields, and goes to its holder', () => {
    const [row] = checkNumbers([{ number: e164, 'field:carrier': 'DT', holderStaffCode: 'lisi' }], {})
    expect(row).toMatchObject({
      verdict: 'new',
      draft: { e164, fields: { carrier: 'DT' }, holderStaffCode: 'lisi' },
    })
  })

  it('changes what is known of a number, and keeps the fields that it does not name', () => {
    const numbers = new Map([[e164, knownNumber({ label: '客服', fields: { carrier: 'DT', sim: '1' } })]])
    const rows = [{ number: e164, label: '客服', 'field:carrier': 'VF' }]
    expect(told(checkNumbers(rows, { numbers }))).toEqual(['conflict number_exists'])
    expect(checkNumbers(rows, { numbers }, { existing: 'overwrite' })[0]).toMatchObject({
      verdict: 'changed',
      changes: [{ column: 'field:carrier', before: 'DT', after: 'VF' }],
      draft: { fields: { carrier: 'VF', sim: '1' } },
    })
    expect(told(checkNumbers([{ number: e164, label: '客服' }], { numbers }))).toEqual(['unchanged'])
  })

  it('NUM-3 gives nobody more than the cap, counting the rows before', () => {
    const rows = [1, 2].map((digit) => ({ number: `+49301234567${digit}`, holderStaffCode: 'lisi' }))
    expect(told(checkNumbers(rows, {}))).toEqual(['new', 'error member_at_cap'])
  })

  it('NUM-10 takes no more licences than are free', () => {
    const rows = [{ number: e164, holderStaffCode: 'lisi' }]
    expect(told(checkNumbers(rows, { licencesFree: 0 }))).toEqual(['error licence_short'])
    const numbers = new Map([[e164, knownNumber({ licensed: true })]])
    expect(told(checkNumbers(rows, { licencesFree: 0, numbers }, { existing: 'overwrite' }))).toEqual([
      'changed',
    ])
  })

  it.each([
    ['that stands there twice', [{ number: e164 }, { number: e164 }], {}, ['new', 'error number_twice']],
    [
      'that another company has',
      [{ number: e164 }],
      { unavailable: new Set([e164]) },
      ['error number_not_available'],
    ],
    [
      'that was released',
      [{ number: e164, label: 'x' }],
      { numbers: new Map([[e164, knownNumber({ state: 'released' })]]) },
      ['error number_released number_exists'],
    ],
    [
      'that somebody else holds',
      [{ number: e164, holderStaffCode: 'lisi' }],
      { numbers: new Map([[e164, knownNumber({ state: 'held', holderStaffCode: 'wangwu' })]]) },
      ['error number_of_other_holder number_exists'],
    ],
    ['for nobody known', [{ number: e164, holderStaffCode: 'x' }], {}, ['error member_unknown']],
    [
      'for somebody who has left',
      [{ number: e164, holderStaffCode: 'gone' }],
      {},
      ['error member_not_active'],
    ],
  ] as const)('%s is told', (_, rows, known, wanted) => {
    expect(told(checkNumbers(rows, known))).toEqual(wanted)
  })
})

describe('a row of moves', () => {
  const [one, other] = ['+493012345671', '+493012345672']
  const numbers = new Map([
    [one, knownNumber({ numberId: 'n1', state: 'held', holderStaffCode: 'a' })],
    [other, knownNumber({ numberId: 'n2', state: 'held', holderStaffCode: 'b' })],
  ])
  const members = new Map([
    knownMember('a', { numbersCounted: 10 }),
    knownMember('b', { numbersCounted: 10 }),
  ])
  const moves = (rows: readonly Values[]) => check(rows, { template: 'moves', known: { numbers, members } })

  it('shows who loses a number and who gets it', () => {
    const known = { numbers, members: new Map([knownMember('a'), knownMember('b')]) }
    const [row] = check([{ number: one, toStaffCode: 'b', history: 'hide' }], { template: 'moves', known })
    expect(row).toMatchObject({
      verdict: 'changed',
      subjectId: 'n1',
      changes: [{ column: 'toStaffCode', before: 'a', after: 'b' }],
      draft: { subject: 'move', e164: one, toStaffCode: 'b', history: 'hide' },
    })
  })

  it('NUM-8 is judged by where everything is in the end: two at their caps may swap', () => {
    const swap = [
      { number: one, toStaffCode: 'b' },
      { number: other, toStaffCode: 'a' },
    ]
    expect(told(moves(swap))).toEqual(['changed', 'changed'])
    expect(told(moves(swap.slice(0, 1)))).toEqual(['error member_at_cap'])
  })

  it.each([
    ['to whom it belongs', [{ number: one, toStaffCode: 'a' }], ['unchanged']],
    ['of a number nobody has', [{ number: '+493099999999', toStaffCode: 'a' }], ['error number_unknown']],
    ['to nobody known', [{ number: one, toStaffCode: 'x' }], ['error member_unknown']],
    [
      'from somebody else than expected',
      [{ number: one, toStaffCode: 'a', expectedStaffCode: 'b' }],
      ['error holder_differs'],
    ],
    [
      'that deletes without a reason',
      [{ number: one, toStaffCode: 'a', history: 'delete' }],
      ['error reason_missing'],
    ],
  ] as const)('%s is told', (_, rows, wanted) => {
    expect(told(moves(rows))).toEqual(wanted)
  })
})

describe('a row of records', () => {
  const e164 = '+493012345678'
  const record = {
    number: e164,
    kind: 'call',
    direction: 'inbound',
    otherParty: '10086',
    occurredAt: '2026-01-31T01:00:00.000000Z',
    answered: true,
    sourceId: '1',
  }
  const known = { numbers: new Map([[e164, knownNumber()]]) }
  const records = (rows: readonly Values[], options: Partial<CheckOptions> = { source: 'pbx' }) =>
    check(rows, { template: 'records', known, options })

  it('is new, with the source that was chosen for all', () => {
    expect(records([record])[0]).toMatchObject({
      verdict: 'new',
      draft: { ...record, subject: 'record', source: 'pbx' },
    })
    expect(told(records([record], { source: null }))).toEqual(['error missing'])
  })

  it.each([
    [
      'that stands there twice',
      [
        { ...record, source: 'x' },
        { ...record, source: 'x' },
      ],
      ['new', 'error record_twice'],
    ],
    ['of a number nobody has', [{ ...record, number: '+493099999999' }], ['error number_unknown']],
    [
      'of a voicemail that goes out',
      [{ ...record, kind: 'voicemail', direction: 'outbound' }],
      ['error voicemail_outbound'],
    ],
  ] as const)('%s is told', (_, rows, wanted) => {
    expect(told(records(rows))).toEqual(wanted)
  })

  it('of a call says whether it was answered', () => {
    const { answered: _, ...silent } = record
    expect(told(records([silent]))).toEqual(['error answered_missing'])
  })
})

describe('WRK-6 a row of other systems', () => {
  const known = {
    systems: new Set([systemKey('网银')]),
    systemAccounts: new Map<string, string | null>([[accountKey('网银', 'f1'), 'lisi']]),
    members: new Map([knownMember('lisi'), knownMember('wangwu'), knownMember('gone', { status: 'left' })]),
  }

  it.each([
    ['that is there', [{ system: '网银', login: 'f1', holderStaffCode: 'lisi' }], ['unchanged']],
    ['of a system without account', [{ system: '网银' }, { system: '税务' }], ['unchanged', 'new']],
    ['of a new account', [{ system: '网银', login: 'f2', holderStaffCode: 'wangwu' }], ['new']],
    [
      'of an account twice',
      [
        { system: '税务', login: 'x' },
        { system: '税务', login: 'x' },
      ],
      ['new', 'error account_twice'],
    ],
    [
      'for somebody else',
      [{ system: '网银', login: 'f1', holderStaffCode: 'wangwu' }],
      ['error account_of_other_holder'],
    ],
    [
      'for somebody who has left',
      [{ system: '网银', login: 'f2', holderStaffCode: 'gone' }],
      ['error member_not_active'],
    ],
    [
      'with a number that nobody has',
      [{ system: '网银', login: 'f2', number: '+493099999999' }],
      ['error number_unknown'],
    ],
  ] as const)('%s is told', (_, rows, wanted) => {
    expect(told(check(rows, { template: 'other-systems', known }))).toEqual(wanted)
  })
})

describe('the counts', () => {
  it('have each row once', () => {
    const counts = noCounts()
    for (const row of check([person('a'), person('a'), person('b', { status: 'left' })]))
      countVerdict(counts, row)
    expect(counts).toEqual({ rows: 3, new: 1, changed: 0, unchanged: 0, skipped: 1, conflict: 0, error: 1 })
  })
})

import { z } from 'zod'
import { Id, PageQuery } from '../../../../kernel/fields.ts'
import { ApiToken } from '../../../accounts/model.ts'
import type { Words } from '../../../imports/model/column.ts'
import {
  Invitation,
  InvitationQuery,
  type InvitationState,
  type InvitationWay,
} from '../../../invitations/model.ts'
import { Department, DepartmentQuery, Holding } from '../../../people/model.ts'
import { fileQuery, idColumn, listFile, namedCell, timeCell, wordCell } from '../list-file.ts'
import { holdingWords, useWords } from './words.ts'

/** The departments with how many are in each. */
export const departmentsFile = listFile({
  name: 'departments',
  list: 'listDepartments',
  summary: 'Download the departments that you may see, as the list shows them',
  access: 'departments:read',
  sheetName: { en: 'Departments', zh: '部门' },
  query: fileQuery(DepartmentQuery),
  typed: [],
  item: Department,
  columns: [
    { header: { en: 'Department', zh: '部门' }, width: 28, cell: ({ name }) => name },
    {
      header: { en: 'Department above', zh: '上级部门' },
      width: 28,
      cell: ({ parentId }) => namedCell('department', parentId),
    },
    { header: { en: 'Members', zh: '成员数' }, width: 12, cell: ({ memberCount }) => memberCount },
    { header: { en: 'Order', zh: '排序' }, width: 10, cell: ({ position }) => position },
    { header: { en: 'Made at', zh: '创建时间' }, width: 22, cell: ({ createdAt }) => timeCell(createdAt) },
    idColumn('departmentId'),
  ],
})

/** HAN-1: what a member holds. */
export const holdingsFile = listFile({
  name: 'holdings',
  list: 'readHoldings',
  summary: 'Download everything that a member holds, as the list shows it (HAN-1)',
  access: 'members:read',
  sheetName: { en: 'Holdings', zh: '名下项目' },
  query: fileQuery(z.object({})),
  params: z.object({ memberId: Id.describe('Whose holdings') }),
  typed: [],
  item: Holding,
  columns: [
    {
      header: { en: 'Kind', zh: '类别' },
      width: 18,
      cell: ({ kind }, to) => wordCell(holdingWords, kind, to),
    },
    { header: { en: 'What', zh: '项目' }, width: 36, cell: ({ label }) => label },
    { header: { en: 'Since', zh: '开始时间' }, width: 22, cell: ({ since }) => timeCell(since) },
    {
      header: { en: 'What hangs on it', zh: '依赖该项目的内容' },
      width: 40,
      cell: ({ dependents }, to) =>
        dependents
          .map(({ label, use }) => (use === null ? label : `${label} (${useWords[use][to]})`))
          .join(to === 'zh' ? '；' : '; '),
    },
    {
      header: { en: 'Can pass on from', zh: '最早可转交时间' },
      width: 22,
      cell: ({ availableAt }) => timeCell(availableAt),
    },
    idColumn('id'),
  ],
})

const invitationWords: Readonly<Record<InvitationState, Words>> = {
  open: { en: 'open', zh: '待接受' },
  expired: { en: 'expired', zh: '已过期' },
  accepted: { en: 'accepted', zh: '已接受' },
  revoked: { en: 'revoked', zh: '已撤销' },
  replaced: { en: 'replaced', zh: '已被新邀请取代' },
}

const wayWords: Readonly<Record<InvitationWay, Words>> = {
  phone: { en: 'text message', zh: '短信' },
  email: { en: 'e-mail', zh: '邮件' },
  wechat: { en: 'WeChat', zh: '微信' },
}
const byLink: Words = { en: 'link handed over', zh: '转交链接' }

/** Who was invited, how, and what became of it; never the link. */
export const invitationsFile = listFile({
  name: 'invitations',
  list: 'listInvitations',
  summary: 'Download who was invited and what became of it, as the list shows it; never a link',
  access: 'members:write',
  sheetName: { en: 'Invitations', zh: '邀请' },
  query: fileQuery(InvitationQuery),
  typed: [],
  item: Invitation,
  columns: [
    { header: { en: 'Member', zh: '成员' }, width: 22, cell: ({ memberName }) => memberName },
    {
      header: { en: 'State', zh: '状态' },
      width: 16,
      cell: ({ state }, to) => wordCell(invitationWords, state, to),
    },
    {
      header: { en: 'By', zh: '方式' },
      width: 18,
      cell: ({ to }, language) => (to === null ? byLink[language] : wordCell(wayWords, to.kind, language)),
    },
    { header: { en: 'To', zh: '发送至' }, width: 24, cell: ({ to }) => to?.masked ?? null },
    { header: { en: 'Language', zh: '语言' }, width: 10, cell: ({ language }) => language },
    { header: { en: 'Made at', zh: '创建时间' }, width: 22, cell: ({ createdAt }) => timeCell(createdAt) },
    { header: { en: 'Sent at', zh: '发送时间' }, width: 22, cell: ({ sentAt }) => timeCell(sentAt) },
    {
      header: { en: 'Works until', zh: '有效期至' },
      width: 22,
      cell: ({ expiresAt }) => timeCell(expiresAt),
    },
    { header: { en: 'Ended at', zh: '结束时间' }, width: 22, cell: ({ endedAt }) => timeCell(endedAt) },
    idColumn('invitationId'),
  ],
})

/** The API tokens, never their secrets. */
export const apiTokensFile = listFile({
  name: 'api-tokens',
  list: 'listApiTokens',
  summary: 'Download what API tokens there are and what they may do; never a token itself',
  access: 'tokens:read',
  sheetName: { en: 'API tokens', zh: 'API 令牌' },
  query: fileQuery(PageQuery),
  typed: [],
  item: ApiToken,
  columns: [
    { header: { en: 'Name', zh: '名称' }, width: 24, cell: ({ name }) => name },
    {
      header: { en: 'Acts for', zh: '代表成员' },
      width: 20,
      cell: ({ memberId }) => namedCell('member', memberId),
    },
    { header: { en: 'May', zh: '权限' }, width: 40, cell: ({ scopes }) => scopes.join(' ') },
    { header: { en: 'Made at', zh: '创建时间' }, width: 22, cell: ({ createdAt }) => timeCell(createdAt) },
    {
      header: { en: 'Last used at', zh: '最近使用' },
      width: 22,
      cell: ({ lastUsedAt }) => timeCell(lastUsedAt),
    },
    {
      header: { en: 'Works until', zh: '有效期至' },
      width: 22,
      cell: ({ expiresAt }) => timeCell(expiresAt),
    },
    { header: { en: 'Revoked at', zh: '撤销时间' }, width: 22, cell: ({ revokedAt }) => timeCell(revokedAt) },
    idColumn('tokenId'),
  ],
})

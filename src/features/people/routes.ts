import { type BoundRoute, bind } from '../../platform/http/bind.ts'
import { peopleContract as contract } from './contract.ts'
import { changeMember } from './service/change-member.ts'
import * as departments from './service/departments.ts'
import { changeOwnDestination } from './service/destination.ts'
import { endMemberSessions } from './service/end-sessions.ts'
import * as members from './service/members.ts'
import { listNotices, readNotice } from './service/notices.ts'

export const peopleRoutes: readonly BoundRoute[] = [
  bind(contract.listDepartments, (tx, input) => departments.listDepartments(tx, input)),
  bind(contract.createDepartment, (tx, input) => departments.createDepartment(tx, input)),
  bind(contract.changeDepartment, (tx, input) => departments.changeDepartment(tx, input)),
  bind(contract.removeDepartment, (tx, input) => departments.removeDepartment(tx, input)),
  bind(contract.listMembers, (tx, input) => members.listMembers(tx, input)),
  bind(contract.createMember, (tx, input) => members.createMember(tx, input)),
  bind(contract.readMember, (tx, input) => members.readMember(tx, input)),
  bind(contract.readHoldings, (tx, { params }) => members.readHoldings(tx, params.memberId)),
  bind(contract.changeMember, (tx, input) => changeMember(tx, input)),
  bind(contract.removeMember, (tx, input) => members.removeMember(tx, input)),
  bind(contract.endMemberSessions, endMemberSessions),
  bind(contract.changeOwnDestination, (tx, input) => changeOwnDestination(tx, input)),
  bind(contract.listNotices, (tx, { query }) => listNotices(tx, query)),
  bind(contract.readNotice, (tx, { params }) => readNotice(tx, params.noticeId)),
]

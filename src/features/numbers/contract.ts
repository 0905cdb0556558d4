import { z } from 'zod'
import { Id, Instant, PageQuery, pageOf, text } from '../../kernel/fields.ts'
import { defineRoute } from '../../kernel/route.ts'
import {
  Custody,
  CustodyState,
  MoveOrder,
  MoveOutcome,
  MoveState,
  moveRefusal,
  NewNumber,
  NumberChange,
  NumberType,
  numberRefusal,
  PhoneNumber,
  ScheduledMove,
} from './model.ts'

const numberParams = z.object({ numberId: Id.describe('The number') })
const moveParams = z.object({ moveId: Id.describe('The waiting move') })

export const NumberQuery = PageQuery.extend({
  search: z.string().max(80).optional().describe('Any digits of the number, or words of its label'),
  state: CustodyState.optional().describe('Default: all but released'),
  holderId: Id.optional().describe('Numbers that this member holds'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional()
    .describe('Country of the number'),
  type: NumberType.optional(),
  sort: z
    .enum(['createdAt', '-createdAt', 'e164', '-e164'])
    .default('-createdAt')
    .describe('Order of the list'),
})
export type NumberQuery = z.infer<typeof NumberQuery>

export const MoveQuery = PageQuery.extend({
  state: MoveState.default('scheduled'),
  numberId: Id.optional().describe('Only the moves of this number'),
})
export type MoveQuery = z.infer<typeof MoveQuery>

const moveRefusals = [
  numberRefusal.released,
  numberRefusal.holderChanged,
  numberRefusal.alreadyTheirs,
  numberRefusal.alreadyScheduled,
  numberRefusal.onLoan,
  numberRefusal.coolingDown,
  numberRefusal.overrideOwnerOnly,
  numberRefusal.onHold,
  moveRefusal.recipientNotActive,
  moveRefusal.recipientAtCap,
  moveRefusal.noLicence,
  moveRefusal.inThePast,
  moveRefusal.returnBeforeStart,
  moveRefusal.loanKeepsHistory,
  moveRefusal.unreadableTime,
  moveRefusal.reasonNeeded,
  moveRefusal.retained,
]
const waitingActions = ['move.scheduled', 'move.check_asked', 'move.approval_asked']

export const numbersContract = {
  listNumbers: defineRoute({
    operationId: 'listNumbers',
    method: 'GET',
    path: '/v1/numbers',
    summary: 'List the numbers that you may see',
    access: 'numbers:read',
    query: NumberQuery,
    status: 200,
    response: pageOf(PhoneNumber),
    refusals: [],
    audit: [],
  }),
  addNumber: defineRoute({
    operationId: 'addNumber',
    method: 'POST',
    path: '/v1/numbers',
    summary: 'Add a number that the company owns; it starts parked',
    access: 'numbers:write',
    body: NewNumber,
    status: 201,
    response: PhoneNumber,
    refusals: [numberRefusal.invalid, numberRefusal.alreadyOwned, numberRefusal.notAvailable],
    audit: ['number.added'],
  }),
  getNumber: defineRoute({
    operationId: 'getNumber',
    method: 'GET',
    path: '/v1/numbers/{numberId}',
    summary: 'Show a number',
    access: 'numbers:read',
    params: numberParams,
    status: 200,
    response: PhoneNumber,
    refusals: [],
    audit: [],
  }),
  updateNumber: defineRoute({
    operationId: 'updateNumber',
    method: 'PATCH',
    path: '/v1/numbers/{numberId}',
    summary: 'Change the label, type or free fields of a number',
    access: 'numbers:write',
    params: numberParams,
    body: NumberChange,
    status: 200,
    response: PhoneNumber,
    refusals: [numberRefusal.released],
    audit: ['number.updated'],
  }),
  assignNumber: defineRoute({
    operationId: 'assignNumber',
    method: 'POST',
    path: '/v1/numbers/{numberId}/assign',
    summary: 'Give a parked number to a member',
    access: 'numbers:write',
    params: numberParams,
    body: MoveOrder,
    status: 200,
    waits: true,
    response: MoveOutcome,
    refusals: [numberRefusal.isHeld, moveRefusal.loanFromPark, ...moveRefusals],
    audit: ['number.assigned', ...waitingActions],
  }),
  reassignNumber: defineRoute({
    operationId: 'reassignNumber',
    method: 'POST',
    path: '/v1/numbers/{numberId}/reassign',
    summary: 'Pass a number from its holder to another member',
    access: 'numbers:write',
    params: numberParams,
    body: MoveOrder,
    status: 200,
    waits: true,
    response: MoveOutcome,
    refusals: [numberRefusal.isParked, ...moveRefusals],
    audit: ['number.reassigned', 'number.lent', 'number.returned', ...waitingActions],
  }),
  parkNumber: defineRoute({
    operationId: 'parkNumber',
    method: 'POST',
    path: '/v1/numbers/{numberId}/park',
    summary: 'Take a number back: the company keeps it and nobody holds it',
    access: 'numbers:write',
    params: numberParams,
    body: z
      .object({
        expectedHolderId: Id.optional().describe('Refuse unless this member holds the number now'),
        reason: text(500).optional().describe('Kept in the ledger'),
      })
      .strict(),
    status: 200,
    response: PhoneNumber,
    refusals: [numberRefusal.isParked, numberRefusal.released, numberRefusal.holderChanged],
    audit: ['number.parked'],
  }),
  releaseNumber: defineRoute({
    operationId: 'releaseNumber',
    method: 'POST',
    path: '/v1/numbers/{numberId}/release',
    summary: 'Give a parked number up for good; its records stay',
    access: 'numbers:write',
    params: numberParams,
    body: z
      .object({
        confirm: z
          .string()
          .min(3)
          .max(60)
          .describe('The number, typed out, as confirmation: release cannot be undone'),
        reason: text(500).describe('Kept in the ledger'),
      })
      .strict(),
    status: 200,
    response: PhoneNumber,
    refusals: [
      numberRefusal.released,
      numberRefusal.isHeld,
      numberRefusal.alreadyScheduled,
      numberRefusal.onLoan,
      numberRefusal.onHold,
      numberRefusal.confirmationWrong,
    ],
    audit: ['number.released'],
  }),
  undoMove: defineRoute({
    operationId: 'undoMove',
    method: 'POST',
    path: '/v1/numbers/{numberId}/undo',
    summary: 'Undo the latest move of a number inside the undo window',
    access: 'numbers:write',
    params: numberParams,
    body: z.object({ reason: text(500).optional().describe('Kept in the ledger') }).strict(),
    status: 200,
    response: PhoneNumber,
    refusals: [
      moveRefusal.nothingToUndo,
      moveRefusal.undoOver,
      moveRefusal.recipientNotActive,
      moveRefusal.recipientAtCap,
    ],
    audit: ['number.move_undone'],
  }),
  getCustody: defineRoute({
    operationId: 'getCustody',
    method: 'GET',
    path: '/v1/numbers/{numberId}/custody',
    summary: 'Who held a number, all along or at one time',
    access: 'custody:read',
    params: numberParams,
    query: z.object({
      at: Instant.optional().describe('Only the stretch of custody that this instant falls into'),
    }),
    status: 200,
    response: z.object({ items: z.array(Custody).max(1000).describe('Newest first') }),
    refusals: [],
    audit: [],
  }),
  listScheduledMoves: defineRoute({
    operationId: 'listScheduledMoves',
    method: 'GET',
    path: '/v1/scheduled-moves',
    summary: 'List moves that wait, or have waited',
    access: 'requests:read',
    query: MoveQuery,
    status: 200,
    response: pageOf(ScheduledMove),
    refusals: [],
    audit: [],
  }),
  getScheduledMove: defineRoute({
    operationId: 'getScheduledMove',
    method: 'GET',
    path: '/v1/scheduled-moves/{moveId}',
    summary: 'Show a move that waits, or has waited',
    access: 'requests:read',
    params: moveParams,
    status: 200,
    response: ScheduledMove,
    refusals: [],
    audit: [],
  }),
  cancelScheduledMove: defineRoute({
    operationId: 'cancelScheduledMove',
    method: 'DELETE',
    path: '/v1/scheduled-moves/{moveId}',
    summary: 'Cancel a waiting move; cancelling the return of a loan leaves the number with the borrower',
    access: 'numbers:write',
    params: moveParams,
    status: 200,
    response: ScheduledMove,
    refusals: [moveRefusal.notWaiting],
    audit: ['move.cancelled'],
  }),
}

import { type Column, headerOf } from '../column.ts'
import type { Template, TemplateName } from '../template.ts'
import { membersTemplate } from './members.ts'
import { movesTemplate, numbersTemplate } from './numbers.ts'
import { otherSystemsTemplate } from './other-systems.ts'
import { recordsTemplate } from './records.ts'
import { wecomApiTemplate, wecomMembersTemplate } from './wecom.ts'

/** Every template by its name, in the order in which they are offered. */
export const templates: Readonly<Record<TemplateName, Template>> = {
  members: membersTemplate,
  'wecom-members': wecomMembersTemplate,
  'wecom-api-members': wecomApiTemplate,
  numbers: numbersTemplate,
  records: recordsTemplate,
  moves: movesTemplate,
  'other-systems': otherSystemsTemplate,
}

/**
 * The columns that a blank file has, with their headers: of Baton's own templates all that are stored, in both languages;
 * of WeCom's the newest layout as WeCom spells it.
 */
export function downloadColumns(template: Template): readonly { column: Column; header: string }[] {
  const layout = template.layouts.find(({ name }) => name === 'wecom') ?? template.layouts.at(-1)
  if (!layout) {
    return template.columns
      .filter((column) => column.use === 'stored')
      .map((column) => ({ column, header: headerOf(column, 'both') }))
  }
  return layout.columns.flatMap(([key, header]) => {
    const column = template.columns.find((one) => one.key === key)
    return column ? [{ column, header }] : []
  })
}

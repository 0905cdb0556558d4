import type { Locator, Page } from 'playwright-core'
import { paths } from '../../console/paths.ts'
import type { Colleague, Line, StaffedCompany } from './staffed-company.ts'

/** The dialog that passes one number on, as somebody works through it. */
interface ReassignDialog {
  readonly page: Page
  readonly dialog: Locator
  /** What the move would do, as it stands there now. */
  readonly effect: Locator
  choose(recipient: Colleague): Promise<void>
  /** Presses the button once the effect is there to be read, and waits until Baton has made the move. */
  send(button: string): Promise<void>
}

/** Opens the dialog on the page of a number. */
export async function openReassign(
  staff: StaffedCompany,
  line: Line,
  by: Colleague = staff.owner,
): Promise<ReassignDialog> {
  const page = await staff.windowOf(by, paths.number(staff.slug, line.numberId))
  await page.getByRole('button', { name: /^(Reassign|Assign)…$/ }).click()
  return dialogOf(page)
}

/** The dialog that is open on a page. */
export function dialogOf(page: Page): ReassignDialog {
  const dialog = page.getByRole('dialog')
  const effect = dialog.getByRole('region', { name: 'What this will do' })
  return {
    page,
    dialog,
    effect,
    async choose({ name }) {
      await dialog.getByRole('combobox', { name: 'To', exact: true }).fill(name)
      await dialog.getByRole('option', { name: new RegExp(`^${name}`) }).click()
    },
    async send(button) {
      await effect.getByRole('listitem').first().waitFor()
      await effect.and(page.locator('[aria-busy=false]')).waitFor()
      const made = page.waitForResponse(isMove)
      await dialog.getByRole('button', { name: button, exact: true }).click()
      await made
    },
  }
}

// What a move would do is asked by the same route.
function isMove(answer: {
  request(): { method(): string; url(): string; postData(): string | null }
}): boolean {
  const request = answer.request()
  return (
    request.method() === 'POST' &&
    /\/(re)?assign$/.test(new URL(request.url()).pathname) &&
    !request.postData()?.includes('"dryRun":true')
  )
}

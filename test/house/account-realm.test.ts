import { describe, it } from 'vitest'
import { expectNone, isTest, sourceFiles, textOf } from './sources.ts'

/** Who steps into the realm of an account, and for whom: its person after a proof, or what a rule lets happen to it. */
const mayEnter: Readonly<Record<string, string>> = {
  'src/features/accounts/service/attempts.ts':
    'looks whether the browser is one of the account’s, so that strangers lock nobody out',
  'src/features/accounts/service/owner-reset.ts':
    'the operator of the machine gives an Owner who cannot sign in a new password, in the ledger',
  'src/features/accounts/service/sessions.ts':
    'the person was proved just now, or signs out: the session is theirs, and their log tells of it',
  'src/features/accounts/service/unproven.ts':
    'somebody else has just proved to have an address that the account merely named',
  'src/features/deletions/service/due.ts':
    'the person asked for it, or the account is sealed, and the cooling-off is over (ACC-2, ACC-5)',
  'src/features/deletions/service/erase-again.ts':
    'the account was erased before a backup brought it back (ACC-3)',
  'src/features/deletions/service/requests.ts':
    'the person hears that a company asks; nothing is read or changed (ACC-1)',
  'src/features/factors/service/prove-passkey.ts':
    'the signature of the passkey was checked: its counter goes up',
  'src/features/identifiers/service/object.ts': 'whoever has the link that only the person was sent (ACC-9)',
  'src/features/invitations/service/accept.ts':
    'the person who accepts, after a proof: their log tells of it',
  'src/features/invitations/service/person.ts': 'the account that the person makes at this moment',
  'src/features/sign-in/service/allow-browser.ts': 'whoever has the link that only the person was sent',
  'src/features/sign-in/service/arrive.ts': 'the person has proved all that is asked',
  'src/features/sign-in/service/by-link.ts':
    'the account that the link makes at this moment, or whose password was given',
  'src/features/sign-in/service/by-password-too.ts':
    'the person proved one thing, and the password is weighed',
  'src/features/sign-in/service/by-second-factor.ts':
    'the person proved one thing, and the second is weighed',
  'src/features/sign-in/service/go-on.ts':
    'the person proved a phone that a company has, too: whether something else could be asked',
  'src/features/sign-in/service/reset.ts': 'the code that only the person was sent was given',
  'src/features/sign-in/service/second-step.ts': 'the person proved one thing: which second one there is',
  'src/features/sign-in/service/weigh.ts': 'the person is told that somebody elsewhere is kept waiting',
  'src/features/takeovers/service/carry-over.ts':
    'the phone passes on: its new person proved it, and a rule lets it leave the former account (ACC-5, ACC-6)',
  'src/features/takeovers/service/due-recoveries.ts':
    'the person proved a former address, and no other one objected (ACC-5)',
  'src/features/takeovers/service/due.ts': 'nobody objected for three days (ACC-6)',
  'src/features/takeovers/service/objections.ts':
    'whoever has the link that only the former person was sent (ACC-6)',
  'src/features/takeovers/service/recovery.ts': 'the person proved a former address and the password (ACC-5)',
  'src/features/takeovers/service/recovery-wait.ts':
    'whoever has the link that only the other addresses of the account were sent',
  'src/features/takeovers/service/release.ts': 'the company gave the number up, with notice (§6)',
  'src/features/takeovers/service/verify.ts': 'the former person is told that their phone is claimed (ACC-6)',
}

const entering = sourceFiles().filter(
  (file) =>
    file.startsWith('src/') &&
    !isTest(file) &&
    !file.startsWith('src/platform/db/') &&
    /[.]inAccount\(/.test(textOf(file)),
)

describe('ACC-1 the realm of an account', () => {
  it('is entered where this list says why, and nowhere else', () => {
    expectNone(
      entering.filter((file) => !(file in mayEnter)),
      'These step into the realm of an account. If its person was proved, or a rule of DESIGN.md lets it happen, list the file with that reason:',
    )
  })

  it('is listed for files that enter it', () => {
    expectNone(
      Object.keys(mayEnter).filter((file) => !entering.includes(file)),
      'These do not step into the realm of an account any more: take them off the list:',
    )
  })
})

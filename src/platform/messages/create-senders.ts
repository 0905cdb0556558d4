import type { Senders } from './senders.ts'
import type { SmsConfig } from './sms-config.ts'
import { createSmsSender } from './sms-gateway.ts'
import type { SmtpAddress } from './smtp-address.ts'
import { createRobotSender } from './wecom-robot.ts'

export interface SendersConfig {
  readonly mail: { readonly address: SmtpAddress; readonly from: string } | null
  readonly sms: SmsConfig | null
  readonly robotUrl: string | null
}

/** A sender for each channel that is configured. */
export async function createSenders({ mail, sms, robotUrl }: SendersConfig): Promise<Senders> {
  return {
    ...(mail === null ? {} : { email: await mailSender(mail) }),
    ...(sms === null ? {} : { sms: createSmsSender(sms) }),
    ...(robotUrl === null ? {} : { robot: createRobotSender(robotUrl) }),
  }
}

// The library for mail is large, so that it is loaded for those who use it only.
async function mailSender(mail: NonNullable<SendersConfig['mail']>) {
  const { createSmtpSender } = await import('./smtp-sender.ts')
  return createSmtpSender(mail)
}

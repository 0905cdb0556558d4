import { type SubmitEvent, useRef, useState } from 'react'
import type { Answer } from '../../../api/client.ts'
import { useWrite } from '../../../api/write.ts'
import { type GivenAddress, readAddress } from '../../../ui/proof/address.ts'
import type { Flow } from './flow.ts'

type Fault = 'address' | 'password' | 'phone'

/** The address and password of the first step: what is missing is said where it is, before anything is sent. */
export function useAddressForm(flow: Flow, ways: Pick<Answer<'readSignInWays'>, 'email' | 'phone'>) {
  const signIn = useWrite('openSession')
  const start = useWrite('startSignIn')
  const [address, setAddress] = useState('')
  const [password, setPassword] = useState('')
  const [fault, setFault] = useState<Fault | null>(null)
  const addressField = useRef<HTMLInputElement>(null)
  const passwordField = useRef<HTMLInputElement>(null)
  const given = fitting(address, ways.phone)
  function complain(about: Fault): void {
    setFault(about)
    if (about === 'address') addressField.current?.focus()
    if (about === 'password') passwordField.current?.focus()
  }
  function begin(): void {
    setFault(null)
    signIn.reset()
    start.reset()
  }
  function sendCode(): void {
    begin()
    if (!given) complain('address')
    else
      start.mutate(
        { body: { by: given.kind, value: given.value } },
        { onSuccess: (sent) => sent.next === 'code' && flow.go({ at: 'code', sent, address: given }) },
      )
  }
  function submit(event: SubmitEvent): void {
    event.preventDefault()
    begin()
    if (!given) complain('address')
    else if (given.kind === 'phone' && password === '') sendCode()
    else if (given.kind === 'phone') complain('phone')
    else if (password === '') complain('password')
    else
      signIn.mutate(
        { body: { email: given.value, password } },
        { onSuccess: flow.enter, onError: flow.leaveFor },
      )
  }
  return {
    address,
    setAddress,
    password,
    setPassword,
    fault,
    addressField,
    passwordField,
    hasCodes: ways.email || ways.phone,
    sendCode,
    submit,
    problem: start.error ?? signIn.error,
    isSending: start.isPending,
    isSigningIn: signIn.isPending,
  }
}

function fitting(address: string, hasPhones: boolean): GivenAddress | null {
  const given = readAddress(address)
  return given?.kind === 'phone' && !hasPhones ? null : given
}

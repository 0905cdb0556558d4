import { create } from 'qrcode'
import { useMemo } from 'react'

const quietModules = 4

/** A text as a QR code, to be read by the camera of another device; `label` says what it opens. */
export function QrCode({
  text,
  label,
  size = 200,
}: {
  readonly text: string
  readonly label: string
  readonly size?: number
}) {
  const { side, path } = useMemo(() => drawn(text), [text])
  return (
    <svg role="img" aria-label={label} width={size} height={size} viewBox={`0 0 ${side} ${side}`}>
      {/* Cameras read dark on light, whatever the colours of the screen are. */}
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  )
}

function drawn(text: string): { readonly side: number; readonly path: string } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const { size } = modules
  const squares: string[] = []
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      if (modules.get(row, column)) squares.push(`M${column + quietModules} ${row + quietModules}h1v1h-1z`)
  return { side: size + 2 * quietModules, path: squares.join('') }
}

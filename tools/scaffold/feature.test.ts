import path from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { root } from '../run.ts'
import { featureFiles, nextSteps } from './feature.ts'

/** Compiles these files as if they stood in the project, with everything that they import from it. */
function compile(files: Readonly<Record<string, string>>): string[] {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, include: [], files: ['src/contract.ts'] },
    ts.sys,
    root,
  )
  const texts = new Map(Object.entries(files).map(([file, text]) => [path.join(root, file), text]))
  const host = ts.createCompilerHost(options)
  const { readFile, fileExists, directoryExists } = host
  host.readFile = (file) => texts.get(file) ?? readFile.call(host, file)
  host.fileExists = (file) => texts.has(file) || fileExists.call(host, file)
  host.directoryExists = (folder) =>
    [...texts.keys()].some((file) => file.startsWith(`${folder}/`)) ||
    directoryExists?.call(host, folder) === true
  host.getSourceFile = (file, target) => {
    const text = host.readFile(file)
    return text === undefined ? undefined : ts.createSourceFile(file, text, target)
  }
  const own = [...texts.keys()].filter((file) => file.endsWith('.ts'))
  const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram(own, options, host))
  return diagnostics
    .filter(({ file }) => file !== undefined && texts.has(file.fileName))
    .map(
      ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    )
}

describe('npm run new feature', () => {
  it('writes a feature that compiles, so that only its rule is missing', () => {
    const broken = { 'src/features/broken-cards/rules.ts': 'export const rename = 1\n' }
    const faults = compile({
      ...featureFiles('business-cards', '0098'),
      ...featureFiles('broken-cards', '0099'),
      ...broken,
    })
    expect(faults.filter((fault) => fault.includes('/business-cards/'))).toEqual([])
    expect(faults.join(), 'a feature that does not fit the house is noticed').toContain(
      'broken-cards/service.ts',
    )
  }, 60_000)

  it('speaks of one and of many', () => {
    const files = featureFiles('properties', '0099')
    expect(files['db/changes/0099-properties.sql']).toContain('property_id uuid')
    expect(nextSteps('properties')).toContain('propertiesContract')
  })
})

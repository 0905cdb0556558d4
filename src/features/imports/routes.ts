import { type BoundRoute, bind, bindFile, bindOwn } from '../../platform/http/bind.ts'
import { importsContract as contract } from './contract.ts'
import { downloadImport } from './service/annotated.ts'
import { applyImport, undoImport } from './service/apply.ts'
import { changeImport } from './service/change.ts'
import { createImport, type ImportParts } from './service/create.ts'
import { discardImport } from './service/draft.ts'
import { getImport, listImportRows, listImports } from './service/read.ts'
import { downloadTemplate, listTemplates } from './service/templates.ts'

export function importRoutes(parts: ImportParts): readonly BoundRoute[] {
  return [
    bind(contract.listTemplates, listTemplates),
    bindFile(contract.downloadTemplate, downloadTemplate),
    bindOwn(contract.createImport, (context, input) => createImport(parts, context, input)),
    bind(contract.listImports, listImports),
    bind(contract.getImport, getImport),
    bind(contract.changeImport, changeImport),
    bind(contract.listImportRows, listImportRows),
    bindFile(contract.downloadImport, downloadImport),
    bind(contract.applyImport, applyImport),
    bind(contract.undoImport, undoImport),
    bind(contract.discardImport, discardImport),
  ]
}

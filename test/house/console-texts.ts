import ts from 'typescript'

/** A text that the reader sees in one language only. */
export interface HardText {
  readonly text: string
  readonly offset: number
}

/** Properties, of elements or of objects, whose value is read by people. */
const readAloud = new Set([
  'label',
  'title',
  'placeholder',
  'alt',
  'description',
  'message',
  'header',
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
  'ariaLabel',
  'undoLabel',
  'nothingFoundMessage',
])

/** Calls that show their texts. */
const showing = /^(toast|notifications)\b/

/** What is written so in every language: names, and languages in their own words. */
const sameEverywhere = new Set([
  'Baton',
  'English',
  '中文',
  '简体中文',
  'API',
  'CSV',
  'UTC',
  'Ctrl',
  'Alt',
  'Esc',
  'F6',
])

/** Finds texts that stand in a screen instead of in its words files. */
export function hardTexts(source: ts.SourceFile): HardText[] {
  const found: HardText[] = []
  const note: Note = (node, text) => {
    const words = text.trim()
    if (/\p{L}/u.test(words) && !sameEverywhere.has(words))
      found.push({ text: words, offset: node.getStart() })
  }
  const visit = (node: ts.Node): void => {
    // A key on the keyboard is called what is printed on it.
    if (ts.isJsxElement(node) && node.openingElement.tagName.getText() === 'Kbd') return
    noteElement(node, note)
    noteCode(node, note)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function noteElement(node: ts.Node, note: Note): void {
  if (ts.isJsxText(node)) note(node, node.text)
  if (ts.isJsxExpression(node) && isJsx(node.parent)) noteShown(node.expression, note)
  if (ts.isJsxAttribute(node) && readAloud.has(node.name.getText())) {
    const value = node.initializer
    noteShown(value && ts.isJsxExpression(value) ? value.expression : value, note)
  }
}

function noteCode(node: ts.Node, note: Note): void {
  if (ts.isPropertyAssignment(node) && readAloud.has(nameOf(node.name))) noteProse(node.initializer, note)
  if (ts.isCallExpression(node) && showing.test(node.expression.getText()))
    for (const argument of node.arguments) noteShown(argument, note)
}

type Note = (node: ts.Node, text: string) => void

function isJsx(node: ts.Node): boolean {
  return ts.isJsxElement(node) || ts.isJsxFragment(node)
}

function nameOf(name: ts.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : ''
}

/** Notes what an expression may give: through conditions and alternatives, not into the arguments of calls. */
function noteShown(node: ts.Expression | ts.JsxAttributeValue | undefined, note: Note): void {
  if (node === undefined) return
  if (ts.isStringLiteralLike(node)) note(node, node.text)
  else if (ts.isTemplateExpression(node)) {
    for (const text of [node.head.text, ...node.templateSpans.map((span) => span.literal.text)])
      note(node, text)
  } else if (ts.isConditionalExpression(node)) {
    noteShown(node.whenTrue, note)
    noteShown(node.whenFalse, note)
  } else if (ts.isBinaryExpression(node)) {
    if (isChoice(node.operatorToken.kind)) noteShown(node.left, note)
    if (
      isChoice(node.operatorToken.kind) ||
      node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
    )
      noteShown(node.right, note)
  } else if (ts.isParenthesizedExpression(node)) noteShown(node.expression, note)
}

function isChoice(operator: ts.SyntaxKind): boolean {
  return (
    operator === ts.SyntaxKind.BarBarToken ||
    operator === ts.SyntaxKind.QuestionQuestionToken ||
    operator === ts.SyntaxKind.PlusToken
  )
}

// In an object the same names may hold a key of a words file, which looks like none of these.
function noteProse(node: ts.Expression, note: Note): void {
  noteShown(node, (at, text) => {
    if (/\s|^\p{Lu}|\p{Script=Han}/u.test(text.trim())) note(at, text)
  })
}

import { defineRefusals } from '../../kernel/refusal.ts'

/** Why a file cannot be read; each says what to do with the file. */
export const fileRefusal = defineRefusals({
  noFile: {
    code: 'import.no_file',
    status: 400,
    en: { title: 'There is no file in this request.', next: 'Send one file as multipart/form-data.' },
    zh: { title: '请求中没有文件。', next: '请以 multipart/form-data 格式上传一个文件。' },
  },
  notASpreadsheet: {
    code: 'import.not_a_spreadsheet',
    status: 415,
    en: {
      title: 'This file is no spreadsheet that Baton can read.',
      next: 'Open it in your spreadsheet program and save it as .xlsx, or as CSV in UTF-8.',
    },
    zh: {
      title: '无法将该文件作为表格读取。',
      next: '请用表格软件打开后另存为 .xlsx，或 UTF-8 编码的 CSV。',
    },
  },
  oldFormat: {
    code: 'import.old_format',
    status: 415,
    en: {
      title: 'This workbook is in the old .xls format, or protected by a password.',
      next: 'Open it, take the password off, and save it as .xlsx.',
    },
    zh: { title: '该工作簿是旧的 .xls 格式，或设有密码。', next: '请打开文件，取消密码后另存为 .xlsx。' },
  },
  activeContent: {
    code: 'import.active_content',
    status: 422,
    en: {
      title: 'This workbook has macros, or takes values from other files.',
      next: 'Copy the cells into a new workbook by “paste values”, and save that as .xlsx.',
    },
    zh: {
      title: '该工作簿含有宏，或引用了其他文件中的值。',
      next: '请将单元格以“仅粘贴值”复制到新工作簿，另存为 .xlsx。',
    },
  },
  tooLarge: {
    code: 'import.too_large',
    status: 413,
    en: {
      title: 'This file is larger than {limitMb} MB.',
      next: 'Delete sheets, rows, columns and pictures that are not needed, or split the file.',
    },
    zh: { title: '文件超过 {limitMb} MB。', next: '请删除不需要的工作表、行、列和图片，或拆分文件。' },
  },
  unfoldsTooFar: {
    code: 'import.unfolds_too_far',
    status: 413,
    en: {
      title: 'This workbook holds more sheets or texts than Baton reads.',
      next: 'Copy the rows that are needed into a new workbook and save that.',
    },
    zh: {
      title: '该工作簿中的工作表或文字超出可读取的上限。',
      next: '请将需要的行复制到新工作簿后保存。',
    },
  },
  tooManyRows: {
    code: 'import.too_many_rows',
    status: 413,
    en: {
      title: 'This file has more than {limit} rows.',
      next: 'Split it into several files and import one after the other.',
    },
    zh: { title: '文件超过 {limit} 行。', next: '请拆分为多个文件，依次导入。' },
  },
  tooManyColumns: {
    code: 'import.too_many_columns',
    status: 413,
    en: {
      title: 'This file has values beyond its column {limit}.',
      next: 'Delete the columns that are not needed, also those far to the right.',
    },
    zh: { title: '文件在第 {limit} 列之后仍有内容。', next: '请删除不需要的列，包括最右侧的列。' },
  },
  cellTooLong: {
    code: 'import.cell_too_long',
    status: 413,
    en: {
      title: 'A cell of this file has more than {limit} characters.',
      next: 'Shorten it; `where` says in which row and column.',
    },
    zh: { title: '某个单元格超过 {limit} 个字符。', next: '请缩短；`where` 给出所在的行和列。' },
  },
  tooSlow: {
    code: 'import.too_slow',
    status: 422,
    en: {
      title: 'Reading this file takes more time or memory than a file of its size should.',
      next: 'Copy the rows into a new workbook and save that, or save the sheet as CSV.',
    },
    zh: {
      title: '读取该文件所需的时间或内存超出正常范围。',
      next: '请将各行复制到新工作簿后保存，或将该工作表另存为 CSV。',
    },
  },
  damaged: {
    code: 'import.damaged',
    status: 422,
    en: {
      title: 'This file is damaged, or not quite what its name says.',
      next: 'Open it in your spreadsheet program, save it again as .xlsx and send that.',
    },
    zh: { title: '文件已损坏，或与其扩展名不符。', next: '请用表格软件打开并重新另存为 .xlsx 后上传。' },
  },
  empty: {
    code: 'import.empty',
    status: 422,
    en: { title: 'There are no rows in this file.', next: 'Check that you have chosen the right file.' },
    zh: { title: '文件中没有任何行。', next: '请检查是否选对了文件。' },
  },
})

/** What an import cannot do as it stands. */
export const importRefusal = defineRefusals({
  custodyExport: {
    code: 'import.custody_export',
    status: 422,
    en: {
      title: 'This is an export of custody: who held which number, and when. It cannot be imported.',
      next: 'What has happened is never written over: add numbers with the template “numbers”, move them with “moves”.',
    },
    zh: {
      title: '该文件是持有记录的导出（谁在何时持有哪个号码），不能导入。',
      next: '持有记录不可改写：添加号码请使用“numbers”模板，转移号码请使用“moves”模板。',
    },
  },
  notNow: {
    code: 'import.not_now',
    status: 409,
    en: {
      title: 'An import that is {state} cannot do this.',
      next: 'Change, apply or discard a draft; undo what was applied; send the file again for anything else.',
    },
    zh: {
      title: '状态为 {state} 的导入不能这样操作。',
      next: '草稿可修改、应用或丢弃；已应用的可撤销；其他情况请重新上传文件。',
    },
  },
  noTemplate: {
    code: 'import.no_template',
    status: 409,
    en: {
      title: 'It is not settled yet what this file is.',
      next: 'Choose the template and the row of its headers, then say which column is what.',
    },
    zh: { title: '尚未确定该文件的类型。', next: '请选择模板和表头所在行，并指定各列的含义。' },
  },
  noSuchLayout: {
    code: 'import.no_such_layout',
    status: 422,
    en: {
      title: 'This template has no layout called {layout}.',
      next: 'Leave the layout out for Baton’s own, or name one that GET /v1/templates lists.',
    },
    zh: {
      title: '该模板没有名为 {layout} 的布局。',
      next: '不指定布局即可使用 Baton 自己的布局，或从 GET /v1/templates 列出的布局中选择。',
    },
  },
  noSuchSheet: {
    code: 'import.no_such_sheet',
    status: 422,
    en: {
      title: 'This file has no sheet {sheet}.',
      next: 'Choose one of its sheets; they are counted from 0.',
    },
    zh: { title: '文件中没有第 {sheet} 个工作表。', next: '请选择已有的工作表，编号从 0 开始。' },
  },
  noSuchColumn: {
    code: 'import.no_such_column',
    status: 422,
    en: {
      title: 'There is no column {column} here, or it is named twice.',
      next: 'Name columns of the file from 0, and each column of the template once.',
    },
    zh: {
      title: '不存在列 {column}，或该列被重复指定。',
      next: '文件的列从 0 编号；模板的每一列只能指定一次。',
    },
  },
  noSuchRow: {
    code: 'import.no_such_row',
    status: 422,
    en: {
      title: 'Row {row} has nothing that could be changed.',
      next: 'Name rows below the headers, as the list of rows shows them.',
    },
    zh: { title: '第 {row} 行没有可修改的内容。', next: '请指定表头以下、行列表中显示的行。' },
  },
  noSuchFix: {
    code: 'import.no_such_fix',
    status: 422,
    en: {
      title: 'Nothing in the file has the problem {code} any more, or it needs a value.',
      next: 'Read the import again and choose among the groups of problems it shows.',
    },
    zh: {
      title: '文件中已没有问题 {code}，或该修复需要填写一个值。',
      next: '请重新读取该导入，从列出的问题组中选择。',
    },
  },
  choiceNeeded: {
    code: 'import.choice_needed',
    status: 409,
    en: {
      title:
        'Some rows ({count}) are about what exists already, and nobody has said what is to become of it.',
      next: 'Choose to overwrite or to skip what exists, then apply again.',
    },
    zh: { title: '有 {count} 行对应的内容已存在，尚未选择处理方式。', next: '请选择覆盖或跳过，再应用。' },
  },
  hasProblems: {
    code: 'import.has_problems',
    status: 409,
    en: {
      title: 'Some rows ({count}) have problems, and this import is to stop at any.',
      next: 'Repair them, or let the good rows be applied without them.',
    },
    zh: {
      title: '有 {count} 行存在问题，而此导入设置为遇到问题即停止。',
      next: '请修复，或允许仅应用无误的行。',
    },
  },
  nothingToDo: {
    code: 'import.nothing_to_do',
    status: 409,
    en: {
      title: 'No row of this import would change anything.',
      next: 'Repair the rows that have problems, or discard the import.',
    },
    zh: { title: '该导入没有会产生更改的行。', next: '请修复有问题的行，或丢弃该导入。' },
  },
  previewChanged: {
    code: 'import.preview_changed',
    status: 409,
    en: {
      title: 'What this import would do has changed since it was shown: {difference}.',
      next: 'Look at the preview again, then apply.',
    },
    zh: { title: '预览之后，该导入的结果已有变化：{difference}。', next: '请重新查看预览后再应用。' },
  },
  builtOn: {
    code: 'import.built_on',
    status: 409,
    en: {
      title:
        'Something that this import made has been changed or used since ({count} in all), e.g. {example}.',
      next: 'Undo what was built on them first, or change them one by one; the list is in `things`.',
    },
    zh: {
      title: '该导入产生的 {count} 项内容之后已被更改或使用，例如 {example}。',
      next: '请先撤销其后的操作，或逐项修改；列表见 `things`。',
    },
  },
  undoTooLate: {
    code: 'import.undo_too_late',
    status: 409,
    en: {
      title:
        'Some numbers ({count}) came to their holders more than {hours} hours ago, when moves can no longer be undone.',
      next: 'Park, reassign or release what must go, number by number.',
    },
    zh: {
      title: '{count} 个号码分配给持有人已超过 {hours} 小时，不能再撤销。',
      next: '请逐个停放、重新分配或释放需要处理的号码。',
    },
  },
  rowsCleared: {
    code: 'import.rows_cleared',
    status: 409,
    en: {
      title: 'The rows of this import were deleted {days} days after its end.',
      next: 'Send the file again to import what is missing; change what is to go back one by one.',
    },
    zh: {
      title: '该导入结束 {days} 天后，其各行已被删除。',
      next: '如需导入缺少的内容，请重新上传文件；需要恢复的内容请逐项修改。',
    },
  },
  cannotUndo: {
    code: 'import.cannot_undo',
    status: 409,
    en: {
      title: 'Records that were taken in stay: an import of records cannot be undone.',
      next: 'What must go is erased with the history of its number, which a second person approves.',
    },
    zh: {
      title: '已接收的通信记录会保留：记录的导入不能撤销。',
      next: '如须删除，请随号码的历史一并删除，并由第二人批准。',
    },
  },
})

/** What the turn of a single row may meet. */
export const rowRefusal = defineRefusals({
  changedMeanwhile: {
    code: 'import.row_changed',
    status: 409,
    en: {
      title: '{what} has been changed or added since the preview.',
      next: 'Import the file again: the row is compared with what is there now.',
    },
    zh: { title: '预览之后，{what} 已被更改或新增。', next: '请重新导入该文件，该行将与现有内容重新比较。' },
  },
  managerMissing: {
    code: 'import.manager_missing',
    status: 409,
    en: {
      title: 'The manager with staff code {staffCode} is not there.',
      next: 'Add the manager, or correct the row of the manager, then retry what failed.',
    },
    zh: {
      title: '工号为 {staffCode} 的上级不存在。',
      next: '请先添加该上级，或更正上级所在行，再重试失败项。',
    },
  },
  holderMissing: {
    code: 'import.holder_missing',
    status: 409,
    en: {
      title: 'Nobody has the staff code {staffCode}.',
      next: 'Add the member, then retry what failed.',
    },
    zh: { title: '没有工号为 {staffCode} 的成员。', next: '请先添加该成员，再重试失败项。' },
  },
})

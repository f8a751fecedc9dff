/** Dialogs that write the register or a report into a file of its own. */
export const exports = {
  csvTitle: 'Export the register as a table',
  csvText: 'Every instrument, one a row, for Excel or another table program.',
  delimiter: 'Columns are separated by',
  semicolon: 'Semicolon',
  comma: 'Comma',
  delimiterHint: 'Excel here opens the {{which}} right.',
  bom: 'Mark the file as Unicode (Excel needs it)',
  export: 'Choose where to save …',

  pdfTitle: 'Status report',
  pdfText: 'The state of every instrument on one day, as a PDF to hand out.',
  asOf: 'As of',
  compare: 'Compare with an earlier day',
  since: 'Earlier day',
  sinceAfter: 'Choose a day before {{day}}.',

  working: 'Writing …',
  progress: '{{done}} of {{total}}',
  stop: 'Stop',
  saved: 'Saved {{name}}.',
  show: 'Show in folder',
  open: 'Open',
};

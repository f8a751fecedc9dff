/** What the command line says. Results go to standard output, everything said here to standard error. */
export const cli = {
  usage: `Usage: mou-tracker COMMAND FILE [options]

  new FILE [--empty | --from register] [--title TEXT]   create a file; with the register of 37 instruments unless --empty
  info FILE                                      ids, title, schema version, counts, size, last change
  list FILE [--filter NAME=VALUE ...]            instruments; filters: {{filters}}
  show FILE NUMBER                               one instrument with its notes and history
  set FILE NUMBER FIELD=VALUE ...                change fields, as in the window; an empty value clears
  note FILE NUMBER TEXT                          add a note
  export FILE --format csv|json --what {{what}} [--out PATH]
         [--delimiter comma|semicolon] [--no-bom]
  report FILE --kind status --format pdf|csv [--as-of DATE] [--since DATE] --out PATH
  history FILE [NUMBER] [--limit N]              who did what, newest first
  merge FILE OTHER... [--dry-run] [--prefer ours|theirs] [--passphrase-file P]
                                                 bring other copies back into this file, encrypted ones too
  copy FILE OUT [--only 4,5 | --sector S | --body B] [--encrypt --passphrase-file P]
                                                 a checked copy of everything or of a part; decrypts FILE.age, too
  backup FILE [--out PATH]                       a backup in the program's own folder, or at PATH
  check FILE                                     integrity, values, tables against the log, references

  --json         one JSON value on standard output
  --author NAME  signs what set and note write
Exit status: 0 done, 1 the answer is no, 2 usage or a refused value, 3 the file cannot be opened or read.`,
  unknownCommand: 'There is no command “{{command}}”. Run mou-tracker without arguments to see the commands.',
  notYet: '“{{what}}” is not part of this version.',
  missing: '{{what}} is missing.',
  tooMany: '“{{text}}” is one argument too many.',
  unknownOption: '{{problem}}',
  unknownFilter: 'There is no filter “{{filter}}”. Filters are: {{filters}}.',
  badFilterValue: '“{{value}}” is no value of the filter “{{filter}}”. Values are: {{values}}.',
  badNumber: '“{{number}}” is not the number of an instrument.',
  badAssignment: '“{{text}}” is not of the form FIELD=VALUE.',
  badDate: '“{{value}}” is no date. Write it as year-month-day, such as 2027-06-30.',
  badChoice: '“{{value}}” is not one of: {{choices}}.',
  defaultTitle: 'Working Committee',
  created: 'Created {{path}} with {{count}} instruments.',
  changed: 'Saved.',
  unchanged: 'Nothing to change: the values were there already.',
  noteAdded: 'Note added to {{number}}.',
  written: 'Wrote {{path}}.',
  copied: 'Wrote {{path}}: {{sizeBytes}} bytes, SHA-256 {{sha256}}.',
  backedUp: 'Wrote {{path}}: {{sizeBytes}} bytes.',
  onlyOneOf: 'Give one of {{options}}, not several.',
  needsPassphrase: '{{path}} is encrypted. Name the file that holds its passphrase: --passphrase-file P.',
  badScope: '“{{value}}” chooses nothing.',
  merged: 'Merged: {{batches}} batches with {{changes}} changes came in.',
  wouldMerge: 'Would bring in {{batches}} batches with {{changes}} changes.',
  forked: 'A copy had gone on under the same name from batch {{seq}}; both were kept.',
  checkPassed: 'Everything is in order: {{batches}} batches, {{changes}} changes.',
  checkFailed_one: '1 thing is off:',
  checkFailed_other: '{{count}} things are off:',
  noHistory: 'Nothing has been written yet.',
  finding: {
    integrity: 'SQLite: {{problem}}',
    projection: '{{entity}} {{id}}: the table does not say what the log says ({{fields}})',
    value: '{{entity}} {{id}}: {{field}} holds a value that is not allowed',
    log: 'Log: {{problem}}',
    reference: '{{entity}} {{id}}: {{field}} names {{target}}, which is not in the file',
  },
};

/** One sentence for every refusal: what happened and what to do. A code without a sentence does not compile. */
import type { ErrorCode, ReadOnlyReason, ValueRule } from '../../errors.ts';

export const errors: Record<ErrorCode, string> = {
  'not-found': 'There is no {{entity}} “{{id}}” in this file.',
  ambiguous: '{{count}} rows answer to {{entity}} “{{id}}”. Give them different numbers first.',
  'invalid-value': '{{field}}: {{rule}}',
  'unknown-field': 'There is no field “{{field}}”. Fields are: {{known}}.',
  'invalid-call': 'The program made a mistake ({{method}}: {{problem}}). Nothing was changed.',
  'deadline-before-start': 'The deadline ({{deadline}}) is before the start ({{startOn}}). Choose a later day.',
  'reason-required': '{{field}}: write the reason first.',
  'nothing-to-undo': 'Nothing is left to take back here: it has been changed again since.',
  'nothing-to-redo': 'There is nothing to bring back.',
  'no-file-open': 'No file is open.',
  'file-missing': 'There is no file at {{path}}.',
  'folder-missing': 'There is no folder {{path}}. Choose another place.',
  'file-exists': 'There is already a file at {{path}}. Choose another name.',
  'file-is-directory': '{{path}} is a folder, not a file.',
  'not-a-tracker-file': '{{path}} is not a MoU Tracker file.',
  'file-too-new':
    '{{path}} was written by a newer version of MoU Tracker (file format {{fileVersion}}, this version knows {{knownVersion}}). Update the program to open it.',
  'file-damaged': '{{path}} is damaged ({{problem}}). It was not changed. Open a backup or another copy.',
  'other-family': '{{path}} is not a copy of this file. Only copies of one file can be merged.',
  'file-busy': '{{path}} is open in another window or on another computer. Close it there first.',
  'file-read-only': '{{path}} cannot be changed: {{reason}}',
  'no-permission': 'This account may not open or write {{path}}. Choose another folder.',
  'disk-full': 'The disk that holds {{path}} is full. Free some space and repeat; nothing was changed.',
  'write-failed': '{{path}} could not be written ({{problem}}).',
  'copy-not-verified':
    'What was written to {{path}} could not be read back ({{problem}}). It was removed again. Try another disk.',
  'same-file': '{{path}} is the open file itself. Choose another name.',
  'nothing-in-scope': 'No instrument answers to “{{scope}}”. Nothing was written.',
  'file-encrypted': '{{path}} is encrypted. It opens with its passphrase.',
  'not-encrypted': '{{path}} is not an encrypted copy.',
  'encrypted-for-keys': '{{path}} was encrypted for certain keys, not with a passphrase. Open it with the age tool.',
  'wrong-passphrase': 'This is not the passphrase of {{path}}.',
  'passphrase-required': 'Write a passphrase first.',
  'file-locked':
    '{{person}} has {{path}} open on {{machine}} since {{since}}. It can be read, but not changed from here.',
  'backup-missing': 'The backup {{id}} is not there any more, or is damaged itself. Choose another one.',
  'nothing-to-salvage': 'Nothing in {{path}} can be read. Open a backup or another copy.',
  'not-a-folder': 'There is no folder at {{path}}. Choose one that is there.',
  'dropped-no-file': 'What was dropped is not a file on this computer. Save it as one first.',
  usage: '{{problem}}',
  'print-failed': 'The report could not be printed ({{problem}}).',
  cancelled: 'Stopped. Nothing was changed.',
  unexpected: 'Something went wrong in the program. What was saved is safe. The log has the details under {{logId}}.',
};

export const valueRules: Record<ValueRule, string> = {
  date: '“{{value}}” is no date. Write it as year-month-day, such as 2027-06-30.',
  required: 'this may not be empty.',
  'too-long': 'this text is too long.',
  'number-range': '“{{value}}” is not a number allowed here.',
  percent: '“{{value}}” is not a whole number from 0 to 100.',
  choice: '“{{value}}” is not one of the choices.',
  email: '“{{value}}” is no e-mail address.',
  'control-characters': 'the text holds characters that cannot be shown. Paste it as plain text.',
  reference: '“{{value}}” names nothing in this file.',
};

export const readOnlyReasons: Record<ReadOnlyReason, string> = {
  permission: 'the file or its folder is write-protected.',
  'newer-version': 'it was written by a newer version of the program.',
  busy: 'it is open elsewhere.',
  'disk-full': 'the disk is full. Free some space and open it again.',
  looking: 'you are only looking at this copy.',
  encrypted: 'it is an encrypted copy. Save it as a file of its own to work in it, or merge it into yours.',
};

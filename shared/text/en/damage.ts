/** A file that cannot be read any more: what is left of it, and the ways back to work. */
export const damage = {
  title: 'What is left of “{{name}}”',
  kept: 'Whatever you choose, the damaged file itself is kept.',

  backups: 'Backups',
  backupsNone: 'There is no backup of it on this computer.',
  backupsText:
    'Each is whole. The last column says what can still be read in the damaged file and is not in the backup.',
  wouldBeMissing: 'Would be missing',
  nothing: 'nothing that can be read',
  unknown: 'cannot be told',
  looking: 'Reading what can still be read …',

  restoreTitle: 'Restore the backup of {{when}}?',
  restoreText: 'It takes the place of “{{name}}” and is opened. The damaged file stays beside it under another name.',
  addReadable_one: 'Add the one change that can still be read in the damaged file',
  addReadable_other: 'Add the {{count}} changes that can still be read in the damaged file',
  /** Before it is known how many there are. */
  addWhatever: 'Add what can still be read in the damaged file',
  addReadableHint: 'It comes in as by a merge, which can be taken back.',
  restored: 'Restored the backup of {{when}}. The damaged file is now called “{{aside}}”.',
  added_one: '{{count}} change of it came in.',
  added_other: '{{count}} changes of it came in.',

  salvage: 'What can still be read',
  salvageNone: 'Nothing in the file can be read any more.',
  holds: '{{instruments}} and {{notes}}, with their history.',
  instruments_one: '{{count}} instrument',
  instruments_other: '{{count}} instruments',
  notes_one: '{{count}} note',
  notes_other: '{{count}} notes',
  ownCountNone: 'By the file’s own count nothing is missing.',
  ownCount: 'By the file’s own count {{what}} could not be read.',
  backupHasNothing: 'The latest backup has nothing beyond it.',
  backupHas_one: 'The latest backup has {{count}} change that could not be read.',
  backupHas_other: 'The latest backup has {{count}} changes that could not be read.',
  both: 'Restoring a backup and adding what can still be read brings both together.',
  salvageSave: 'Save what can be read …',
  salvaged: 'Saved what could be read. Merge a backup’s or a colleague’s copy to bring the rest.',
  salvagedWhole: 'Saved everything that was in the file.',

  atWorkTitle: 'This file is damaged',
  atWorkText:
    'A part of “{{name}}” cannot be read any more. What was saved may be in a backup, or can still be read from the file itself.',
  atWorkClose: 'Close it to see what is left. The file stays as it is.',
  closeAndSee: 'Close it and see',
  atWork: 'A part of this file cannot be read any more.',
  seeWhatIsLeft: 'See what is left',
};

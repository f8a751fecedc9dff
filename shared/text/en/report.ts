/** Words of the status report and of the sentence that opens it and the first screen. */

/**
 * Parts of one sentence made from numbers. Each has a form that opens the sentence ("9 of 37 are late") and one that
 * follows ("12 have no owner"); `count` chooses the plural.
 */
const headline = {
  empty: 'No instruments are listed yet',
  first: {
    overdue_one: '{{count}} of {{total}} is late',
    overdue_other: '{{count}} of {{total}} are late',
    withoutOwner_one: '{{count}} of {{total}} has no owner',
    withoutOwner_other: '{{count}} of {{total}} have no owner',
    withoutDeadline_one: '{{count}} of {{total}} has no deadline',
    withoutDeadline_other: '{{count}} of {{total}} have no deadline',
    dueIn30_one: '{{count}} of {{total}} is due within 30 days',
    dueIn30_other: '{{count}} of {{total}} are due within 30 days',
    noneOverdue: 'None of {{total}} is late',
    done_one: '{{count}} of {{total}} is done',
    done_other: '{{count}} of {{total}} are done',
  },
  next: {
    overdue_one: '{{count}} is late',
    overdue_other: '{{count}} are late',
    withoutOwner_one: '{{count}} has no owner',
    withoutOwner_other: '{{count}} have no owner',
    withoutDeadline_one: '{{count}} has no deadline',
    withoutDeadline_other: '{{count}} have no deadline',
    dueIn30_one: '{{count}} is due within 30 days',
    dueIn30_other: '{{count}} are due within 30 days',
    noneOverdue: 'none is late',
    done_one: '{{count}} is done',
    done_other: '{{count}} are done',
  },
  /** Appended to a part when there is an earlier day to compare with. */
  more: '{{part}}, {{count}} more than on {{day}}',
  fewer: '{{part}}, {{count}} fewer than on {{day}}',
  same: '{{part}}, as many as on {{day}}',
  stillNone: '{{part}}, and none was on {{day}}',
  separator: '; ',
  sentence: '{{parts}}.',
};

/** The numbers of StatusCounts by name. */
const statusCounts = {
  total: 'Instruments',
  done: 'Done',
  overdue: 'Late',
  dueIn30: 'Due within 30 days',
  dueIn60: 'Due within 60 days',
  dueIn90: 'Due within 90 days',
  withoutOwner: 'Without an owner',
  withoutDeadline: 'Without a deadline',
  deadlineMoved: 'Deadline moved',
  elapsedYellow: 'Half of the time passed',
  elapsedRed: 'Nine tenths of the time passed',
};

export const report = {
  /** The language that dates and numbers of this catalogue are written in (BCP 47). */
  locale: 'en',
  headline,
  statusCounts,
};

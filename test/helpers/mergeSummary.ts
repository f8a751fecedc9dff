/** What a merge comes to in numbers, for tests of what is shown of it. */
import type { MergeSummary } from '../../shared/sharing.ts';

/** One that brings nothing, but for what is given. */
export const summaryOf = (more: Partial<MergeSummary> = {}): MergeSummary => ({
  sources: [],
  steps: 0,
  changes: 0,
  conflicts: 0,
  inconsistencies: { count: 0, first: [] },
  forks: 0,
  authors: [],
  span: null,
  clocks: [],
  instruments: { count: 0, added: 0, first: [] },
  ...more,
});

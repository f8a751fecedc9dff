/** Where a target stands against an even pace from its baseline to its day. Pure. */
import { type CivilDate, daysBetween } from '../../../shared/civilDate.ts';
import type { Target } from '../../../shared/entities/target.ts';

export interface TargetPace {
  /** The figure an even pace would have reached today. */
  expected: number;
  /** Latest figure, or the baseline while nothing newer is known. */
  actual: number;
  /** Shares of the way from baseline to target, 0 to 1 (actual may lie outside). */
  expectedShare: number;
  actualShare: number;
  state: 'reached' | 'ahead' | 'behind';
}

/** Null without a baseline, a target and both dates, or when there is no way between them. */
export function targetPace(
  target: Pick<Target, 'baseline' | 'baselineOn' | 'target' | 'targetOn' | 'latest'>,
  today: CivilDate,
): TargetPace | null {
  const { baseline, baselineOn, target: goal, targetOn, latest } = target;
  if (baseline === null || baselineOn === null || goal === null || targetOn === null) return null;
  const days = daysBetween(baselineOn, targetOn);
  if (days <= 0 || goal === baseline) return null;
  const expectedShare = Math.min(1, Math.max(0, daysBetween(baselineOn, today) / days));
  const actual = latest ?? baseline;
  // A target may lie below its baseline (days of transit): shares point towards it either way.
  const actualShare = (actual - baseline) / (goal - baseline);
  return {
    expected: baseline + (goal - baseline) * expectedShare,
    actual,
    expectedShare,
    actualShare,
    state: actualShare >= 1 ? 'reached' : actualShare >= expectedShare ? 'ahead' : 'behind',
  };
}

/** Reads a figure as people type it: "1 000", "1,000", "310.5", "310,5". Null is none, undefined unreadable. */
export function parseFigure(typed: string): number | null | undefined {
  const text = typed.replace(/[\s\u00a0\u202f]/g, '');
  if (text === '') return null;
  if (/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) return Number(text.replaceAll(',', ''));
  if (/^-?\d+([.,]\d+)?$/.test(text)) return Number(text.replace(',', '.'));
  return undefined;
}

/** Progress in percent, as reports and health read it. */
import type { Instrument } from '../entities/instrument.ts';
import { isDone } from './deadline.ts';

/** Done is 100 whatever was typed; otherwise what a person reported, or null while nobody has. */
export const effectiveProgress = (instrument: Pick<Instrument, 'progress' | 'stage'>): number | null =>
  isDone(instrument.stage) ? 100 : instrument.progress;

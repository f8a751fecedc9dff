import type { Translate } from '../../shared/text/translator.ts';
import { EXPORTS } from './exportCommand.ts';
import { FILTER_NAMES } from './filters.ts';

export const usageText = (t: Translate): string =>
  t('cli.usage', { filters: FILTER_NAMES.join(', '), what: EXPORTS.join('|') });

import { expect, it } from 'vitest';
import { createTranslator } from '../../shared/text/translator.ts';

const { t } = createTranslator();

it('writes large counts as the rest of the window does', () => {
  expect(t('register.selected', { count: 10_000 })).toBe('10,000 selected');
  expect(t('register.changed', { count: 10_000 })).toBe('Changed 10,000 instruments.');
  expect(t('register.deleted', { count: 1 })).toBe('Deleted 1 instrument.');
  expect(t('today.all', { count: 1_234 })).toBe('Show all 1,234');
});

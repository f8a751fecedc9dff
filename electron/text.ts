/** Main's translator. Loaded with the first file that says something: after the window is on its way. */
import { app } from 'electron';
import { createTranslator } from '../shared/text/translator.ts';

export const { t } = createTranslator(app.getLocale() || 'en');

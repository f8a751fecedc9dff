/** The window's translator. Components use react-i18next's hook; stores and actions use `t` from here. */
import { initReactI18next } from 'react-i18next';
import type { AppError } from '../../shared/errors.ts';
import { createTranslator, errorText as errorTextIn } from '../../shared/text/translator.ts';

export const i18n = createTranslator('en');
initReactI18next.init(i18n);

export const t = i18n.t;

/** The sentence of a refusal in the user's language. */
export const errorText = (error: AppError): string => errorTextIn(t, error);

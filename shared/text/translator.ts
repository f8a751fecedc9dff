/**
 * Translations for whoever speaks to people: window, main, reports, command line. One i18next instance per process,
 * started without a network and without a DOM.
 */
import i18next, { type i18n, type TFunction } from 'i18next';
import type { AppError } from '../errors.ts';
import { en } from './en/index.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    returnNull: false;
  }
}

export type Translate = TFunction;

/** A ready instance. English is the fallback of every key; nothing is escaped, since React and our HTML escape themselves. */
export function createTranslator(language = 'en'): i18n {
  const instance = i18next.createInstance();
  void instance.init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return instance;
}

/** The sentence of a refusal in the user's language. */
export function errorText(t: Translate, error: AppError): string {
  switch (error.code) {
    case 'invalid-value': {
      const { field, value, rule } = error.details;
      return t('errors.invalid-value', { field: fieldText(t, field), rule: t(`valueRules.${rule}`, { value }) });
    }
    case 'unknown-field':
      return t('errors.unknown-field', { ...error.details, known: error.details.known.join(', ') });
    case 'reason-required':
      return t('errors.reason-required', { field: fieldText(t, error.details.field) });
    case 'file-read-only':
      return t('errors.file-read-only', {
        path: error.details.path,
        reason: t(`readOnlyReasons.${error.details.reason}`),
      });
    case 'file-locked': {
      // By the other machine's clock; to the minute, as people say it.
      const since = new Date(error.details.since).toISOString().slice(0, 16).replace('T', ' ');
      return t('errors.file-locked', { ...error.details, since: `${since} UTC` });
    }
    case 'not-found':
    case 'ambiguous':
      return t(`errors.${error.code}`, { ...error.details, entity: entityText(t, error.details.entity) });
    default:
      return t(`errors.${error.code}`, { ...error.details });
  }
}

/** A field's name in words; a field this version does not know is shown by its own name. */
export const fieldText = (t: Translate, field: string): string =>
  Object.hasOwn(en.field, field) ? t(`field.${field as keyof typeof en.field}`) : field;

export const entityText = (t: Translate, entity: string): string =>
  Object.hasOwn(en.entity, entity) ? t(`entity.${entity as keyof typeof en.entity}`).toLowerCase() : entity;

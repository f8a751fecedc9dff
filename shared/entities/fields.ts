/** Field types that several entities share. A zod message is the name of a ValueRule, so that errors stay data. */
import { z } from 'zod';
import { type CivilDate as CivilDateText, isCivilDate } from '../civilDate.ts';
import { SIDES } from './values.ts';

/** C0 and C1 controls but for tab and line breaks: they break exports, and no keyboard types them on purpose. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing exactly these is the point
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/;

const clean = (maxLength: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').replace(/\r\n?/g, '\n').trim())
    .pipe(
      z
        .string()
        .max(maxLength, 'too-long')
        .refine((text) => !CONTROL_CHARACTERS.test(text), 'control-characters')
        .refine((text) => text.isWellFormed(), 'control-characters'),
    );

/** One line or paragraph that must say something; NFC, trimmed. */
export const requiredText = (maxLength: number) => clean(maxLength).refine((text) => text.length > 0, 'required');

/** Text that may be absent; empty and blank become null, so that "nothing" has one form in the log. */
export const optionalText = (maxLength: number) =>
  clean(maxLength)
    .nullable()
    .transform((text) => (text === '' ? null : text));

export const choice = <const T extends readonly [string, ...string[]]>(values: T) => z.enum(values, 'choice');

export const percent = z.int('percent').min(0, 'percent').max(100, 'percent');

/** A boolean as SQLite and the log hold it. */
export const flag = z.union([z.literal(0), z.literal(1)]);

/** A civil date, see civilDate.ts. */
export const CivilDate = z.custom<CivilDateText>((value) => typeof value === 'string' && isCivilDate(value), 'date');

/** UUID in lower case: version 7 for what people create, version 5 for what the register or a relation names. */
export const ENTITY_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[57][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
export const EntityId = z.string().regex(ENTITY_ID, 'reference');

export const side = choice(SIDES);

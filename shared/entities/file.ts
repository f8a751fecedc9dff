/** The file itself, as an entity: its title is edited, merged and taken back like any other value. */
import { requiredText } from './fields.ts';

export const fileFields = { title: requiredText(200) };

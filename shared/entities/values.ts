/** The choices that fields offer, in the order in which people read them. Free of zod: windows load these first. */

/** Where the title comes from. Nobody may take a topic out of a newspaper for an official title. */
export const TITLE_BASES = ['official', 'reported-title', 'reported-topic', 'not-listed'] as const;
export const KINDS = [
  'declaration',
  'treaty',
  'agreement',
  'mou',
  'protocol',
  'action-plan',
  'contract',
  'unknown',
] as const;
/** Legal life of the paper; independent of whether anybody implements it. */
export const LEGAL_STATUSES = [
  'signed',
  'internal-approval',
  'ratification',
  'in-force',
  'expired',
  'terminated',
] as const;
/** How far implementation has come. "Overdue" is no stage: it is derived, never stored. */
export const STAGES = [
  'not-started',
  'action-plan-agreed',
  'in-implementation',
  'implemented',
  'closed',
  'on-hold',
] as const;
export const PRIORITIES = ['low', 'normal', 'high'] as const;
export const HEALTHS = ['on-track', 'at-risk', 'off-track', 'not-reported'] as const;

export type TitleBasis = (typeof TITLE_BASES)[number];
export type Kind = (typeof KINDS)[number];
export type LegalStatus = (typeof LEGAL_STATUSES)[number];
export type Stage = (typeof STAGES)[number];
export type Priority = (typeof PRIORITIES)[number];
export type Health = (typeof HEALTHS)[number];

export const SIDES = ['pk', 'kz'] as const;
export type Side = (typeof SIDES)[number];

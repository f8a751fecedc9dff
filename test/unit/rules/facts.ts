/** An instrument in good order on 24 Nov 2026, for tests to spoil. */
import { type CivilDate, civilDate } from '../../../shared/civilDate.ts';
import { Instrument } from '../../../shared/entities/instrument.ts';

export const TODAY: CivilDate = civilDate('2026-11-24');
export const PK_PERSON = '0190b0a5-7d5c-7000-8000-000000000001';
export const KZ_PERSON = '0190b0a5-7d5c-7000-8000-000000000002';

export const instrumentId = (index: number): string => `0190b0a5-7d5c-7000-9000-${String(index).padStart(12, '0')}`;

/** Local noon of a day, so that its civil date is the same in every time zone. */
export const noonOf = (day: string): number => new Date(`${day}T12:00:00`).getTime();

export const anInstrument = (fields: Partial<Record<keyof Instrument, unknown>> = {}): Instrument =>
  Instrument.parse({
    id: instrumentId(1),
    number: 1,
    title: 'Railway sector cooperation',
    titleBasis: 'official',
    kind: 'mou',
    sector: 'Railways',
    summary: null,
    source: null,
    signedOn: '2026-02-04',
    legalStatus: 'signed',
    stage: 'in-implementation',
    priority: 'normal',
    pkLeadBodyId: null,
    kzLeadBodyId: null,
    pkOwnerId: PK_PERSON,
    kzOwnerId: null,
    startOn: null,
    deadline: '2027-11-24',
    originalDeadline: '2027-11-24',
    deadlineReason: null,
    progress: 60,
    healthOverride: null,
    healthOverrideReason: null,
    nextStep: null,
    expiresOn: null,
    deleted: 0,
    touchedAt: noonOf('2026-11-20'),
    ...fields,
  });

/** A made-up register for tests and for looking at pages: every state that a row can be in, in several scripts. */
import { addDays, type CivilDate } from '../../shared/civilDate.ts';
import type { Instrument } from '../../shared/entities/instrument.ts';
import type { Note } from '../../shared/entities/note.ts';
import type { Body, Person } from '../../shared/entities/person.ts';
import type { Target } from '../../shared/entities/target.ts';

/** Ids that sort in the order of their numbers and pass for UUIDs of version 7. */
export const fakeId = (kind: number, number: number): string =>
  `0190000${kind}-0000-7000-8000-${String(number).padStart(12, '0')}`;

export const fakeInstrument = (number: number, fields: Partial<Instrument> = {}): Instrument => ({
  id: fakeId(1, number) as Instrument['id'],
  number,
  title: `Instrument ${number}`,
  titleBasis: 'reported-topic',
  kind: 'unknown',
  sector: null,
  summary: null,
  source: null,
  signedOn: '2026-02-04' as CivilDate,
  legalStatus: 'signed',
  stage: 'not-started',
  priority: 'normal',
  pkLeadBodyId: null,
  kzLeadBodyId: null,
  pkOwnerId: null,
  kzOwnerId: null,
  startOn: null,
  deadline: null,
  originalDeadline: null,
  deadlineReason: null,
  progress: null,
  healthOverride: null,
  healthOverrideReason: null,
  nextStep: null,
  expiresOn: null,
  deleted: 0,
  touchedAt: null,
  ...fields,
});

export const fakePerson = (number: number, fields: Partial<Person> = {}): Person => ({
  id: fakeId(2, number) as Person['id'],
  name: `Person ${number}`,
  post: null,
  bodyId: null,
  side: null,
  email: null,
  phone: null,
  deleted: 0,
  ...fields,
});

export const fakeBody = (number: number, fields: Partial<Body> = {}): Body => ({
  id: fakeId(3, number) as Body['id'],
  name: `Body ${number}`,
  shortName: null,
  side: null,
  deleted: 0,
  ...fields,
});

const TITLES: [title: string, sector: string | null, kind: Instrument['kind']][] = [
  [
    'Joint Declaration on Establishing Strategic Partnership between the two republics',
    'Governance & Diplomacy',
    'declaration',
  ],
  ['Treaty on Extradition', 'Justice & Law Enforcement', 'treaty'],
  ['Memorandum on the Deployment of Peacekeepers', 'Defence & Security', 'mou'],
  ['Railway sector cooperation', 'Connectivity & Railways', 'mou'],
  ['Freight: KTZ Express and National Logistics Corporation', 'Connectivity & Railways', 'mou'],
  ['Transit Trade Agreement', 'Trade & Investment', 'agreement'],
  ['Көлік және логистика саласындағы ынтымақтастық туралы меморандум', 'Connectivity & Railways', 'mou'],
  ['ماحولیاتی تحفظ اور موسمیاتی تبدیلی پر مفاہمت کی یادداشت', 'Environment & Climate', 'mou'],
  ['Transfer of sentenced persons', 'Justice & Law Enforcement', 'treaty'],
  ['News exchange between APP and Kazakh television', 'Culture & Media', 'mou'],
  ['Energy and mining', 'Energy & Mining', 'unknown'],
  ['Customs cooperation', 'Customs', 'unknown'],
  ['Maritime affairs', 'Maritime & Ports', 'unknown'],
  ['Use of ports', 'Maritime & Ports', 'unknown'],
  ['Artificial intelligence and digital development', 'Digital & AI', 'unknown'],
  ['Health and pharmaceuticals', 'Pharmaceuticals & Health', 'unknown'],
  ['Higher education', 'Education', 'mou'],
  ['Plant protection', 'Agriculture', 'unknown'],
  ['Veterinary cooperation', 'Agriculture', 'unknown'],
  ['Culture', 'Culture & Media', 'unknown'],
  ['Virtual assets', 'Finance & Banking', 'unknown'],
  ['Financial administration', 'Finance & Banking', 'unknown'],
  ['Sports', 'Sports & Youth', 'unknown'],
  ['Crime prevention', 'Justice & Law Enforcement', 'unknown'],
  ['Science and technology', 'Science & Technology', 'unknown'],
];

export const fakePersons = (): Person[] => [
  fakePerson(1, { name: 'B. Khan', post: 'Director, Railways', side: 'pk', bodyId: fakeId(3, 1) }),
  fakePerson(2, { name: 'Ayesha Siddiqui', post: 'Joint Secretary', side: 'pk', bodyId: fakeId(3, 2) }),
  fakePerson(3, { name: 'Әсел Нұрғалиева', post: 'Бас сарапшы', side: 'kz', bodyId: fakeId(3, 3) }),
  fakePerson(4, { name: 'Serik Bekov', post: 'Head of department', side: 'kz', bodyId: fakeId(3, 4) }),
  fakePerson(5, { name: 'محمد طارق', post: 'ڈپٹی سیکرٹری', side: 'pk', bodyId: fakeId(3, 2) }),
];

export const fakeBodies = (): Body[] => [
  fakeBody(1, { name: 'Ministry of Railways', shortName: 'MoR', side: 'pk' }),
  fakeBody(2, { name: 'Ministry of Foreign Affairs', shortName: 'MoFA', side: 'pk' }),
  fakeBody(3, { name: 'Ministry of Transport', side: 'kz' }),
  fakeBody(4, { name: 'Ministry of Ecology and Natural Resources', side: 'kz' }),
];

/** `count` instruments, the first 25 with titles of their own; a third of them in work. */
export function fakeRegister(today: CivilDate, count = 37): Instrument[] {
  const msOf = (day: CivilDate) => Date.parse(`${day}T09:12:00Z`);
  const fieldsOf: Record<number, Partial<Instrument>> = {
    1: {
      stage: 'implemented',
      pkOwnerId: fakeId(2, 2),
      kzOwnerId: fakeId(2, 4),
      deadline: addDays(today, -40),
      progress: 100,
    },
    2: {
      stage: 'action-plan-agreed',
      pkOwnerId: fakeId(2, 2),
      deadline: addDays(today, 12),
      progress: 10,
      priority: 'high',
      nextStep: 'Ratification bill to the National Assembly',
    },
    3: {
      stage: 'in-implementation',
      pkOwnerId: fakeId(2, 5),
      kzOwnerId: fakeId(2, 4),
      deadline: addDays(today, -12),
      originalDeadline: addDays(today, -43),
      progress: 60,
      nextStep: 'Sign the status-of-forces annex',
    },
    4: {
      stage: 'in-implementation',
      pkOwnerId: fakeId(2, 1),
      kzOwnerId: fakeId(2, 3),
      deadline: addDays(today, 320),
      originalDeadline: addDays(today, 200),
      progress: 45,
      nextStep: 'Gauge study',
      touchedAt: msOf(today),
    },
    5: {
      stage: 'action-plan-agreed',
      kzOwnerId: fakeId(2, 3),
      deadline: addDays(today, 270),
      progress: 10,
      touchedAt: msOf(addDays(today, -9)),
    },
    6: {
      stage: 'in-implementation',
      pkOwnerId: fakeId(2, 2),
      kzOwnerId: fakeId(2, 4),
      deadline: addDays(today, 400),
      progress: 70,
      priority: 'high',
      nextStep: 'Second round of tariff schedules in Astana',
      touchedAt: msOf(addDays(today, -1)),
    },
    7: {
      stage: 'in-implementation',
      pkOwnerId: fakeId(2, 1),
      kzOwnerId: fakeId(2, 3),
      deadline: addDays(today, 45),
      progress: 80,
      nextStep: 'Жол картасын бекіту',
    },
    8: {
      stage: 'not-started',
      pkOwnerId: fakeId(2, 5),
      deadline: addDays(today, 25),
      nextStep: 'مشترکہ ورکنگ گروپ کا پہلا اجلاس',
    },
    9: { stage: 'on-hold', legalStatus: 'ratification', pkOwnerId: fakeId(2, 2), deadline: addDays(today, 150) },
    10: { stage: 'closed', progress: 90, deadline: addDays(today, -90) },
    11: {
      stage: 'in-implementation',
      pkOwnerId: fakeId(2, 1),
      deadline: addDays(today, -75),
      progress: 35,
      nextStep: 'Name the mining experts of both sides',
    },
    14: {
      stage: 'in-implementation',
      pkOwnerId: fakeId(2, 1),
      kzOwnerId: fakeId(2, 4),
      deadline: addDays(today, 0),
      progress: 95,
      nextStep: 'Handover',
    },
  };
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const [title, sector, kind] = TITLES[index] ?? [
      `Instrument ${number} (title to be entered from the official list)`,
      null,
      'unknown',
    ];
    const own = fieldsOf[number] ?? {};
    return fakeInstrument(number, {
      title,
      sector,
      kind,
      titleBasis: index < TITLES.length ? 'reported-topic' : 'not-listed',
      // Beyond the named ones: repeat the pattern, so that long lists are as varied as short ones.
      ...(number > 37 ? { ...fieldsOf[(number % 14) + 1], sector: TITLES[number % 25]?.[1] ?? null } : own),
      originalDeadline: own.originalDeadline ?? null,
    });
  });
}

export const fakeNotes = (today: CivilDate): Note[] =>
  [
    ['Tender documents were handed to both railways; the gauge study starts after the holidays.', 'A. Khan', 0],
    ['Кездесу хаттамасы екі тарапқа жіберілді.', 'Әсел Нұрғалиева', 6],
    ['دونوں وزارتوں نے مسودے پر اتفاق کیا ہے۔', 'محمد طارق', 20],
  ].map(([text, author, daysAgo], index) => ({
    id: fakeId(4, index + 1) as Note['id'],
    instrumentId: fakeId(1, 4),
    text: String(text),
    author: String(author),
    writtenAt: Date.parse(`${addDays(today, -Number(daysAgo))}T10:20:00Z`),
    isPinned: index === 1 ? 1 : 0,
    deleted: 0,
  }));

export const fakeTargets = (): Target[] => [
  {
    id: fakeId(5, 1),
    name: 'Bilateral trade',
    baseline: 250,
    baselineOn: '2025-12-31' as CivilDate,
    target: 1000,
    unit: 'USD million',
    targetOn: '2028-02-04' as CivilDate,
    latest: 310,
    latestOn: '2026-06-30' as CivilDate,
    basis: 'Joint Declaration',
    source: null,
    isHeadline: 1,
    rank: 1,
    deleted: 0,
  },
];

/** The register's columns: which there are, how wide they begin, and how a cell of each is edited. */
import {
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  tableFeatures,
} from '@tanstack/react-table';
import type { RegisterRow } from './registerRows.ts';

export const COLUMN_IDS = [
  'select',
  'number',
  'title',
  'health',
  'elapsed',
  'stage',
  'pkOwner',
  'kzOwner',
  'deadline',
  'progress',
  'nextStep',
  'kind',
  'sector',
  'legalStatus',
  'priority',
  'pkLeadBody',
  'kzLeadBody',
  'signedOn',
  'originalDeadline',
  'slippage',
  'expiresOn',
  'touchedAt',
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

export type Editor = 'text' | 'progress' | 'deadline' | 'date' | 'choice' | 'sector' | 'person' | 'body';

/** Columns without an editor follow from others, or belong to the instrument's own page. */
export const EDITORS: Partial<Record<ColumnId, Editor>> = {
  title: 'text',
  stage: 'choice',
  pkOwner: 'person',
  kzOwner: 'person',
  deadline: 'deadline',
  progress: 'progress',
  nextStep: 'text',
  kind: 'choice',
  sector: 'sector',
  legalStatus: 'choice',
  priority: 'choice',
  pkLeadBody: 'body',
  kzLeadBody: 'body',
  signedOn: 'date',
  expiresOn: 'date',
};

/** Numbers stand at the end of their cell, so that digits stand above each other. */
export const NUMERIC: readonly ColumnId[] = ['number', 'slippage'];

export const WIDTHS: Record<ColumnId, number> = {
  select: 32,
  number: 56,
  title: 300,
  health: 118,
  elapsed: 48,
  stage: 138,
  pkOwner: 112,
  kzOwner: 124,
  deadline: 100,
  progress: 98,
  nextStep: 140,
  kind: 110,
  sector: 180,
  legalStatus: 130,
  priority: 84,
  pkLeadBody: 200,
  kzLeadBody: 200,
  signedOn: 108,
  originalDeadline: 124,
  slippage: 92,
  expiresOn: 108,
  touchedAt: 132,
};

/** The row's heading stays in sight however far one scrolls. */
export const PINNED: ColumnId[] = ['select', 'number', 'title'];

/** Shown until the user chooses otherwise. */
const USUAL: readonly ColumnId[] = COLUMN_IDS.slice(0, COLUMN_IDS.indexOf('kind'));
export const USUAL_VISIBILITY = Object.fromEntries(COLUMN_IDS.map((id) => [id, USUAL.includes(id)])) as Record<
  ColumnId,
  boolean
>;

/** The table keeps order, visibility, widths and pinning of columns; rows come in order from the selectors. */
export const features = tableFeatures({
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnResizingFeature,
  columnVisibilityFeature,
});

const helper = createColumnHelper<typeof features, RegisterRow>();

export const columns = helper.columns(
  COLUMN_IDS.map((id) =>
    helper.display({
      id,
      size: WIDTHS[id],
      minSize: Math.min(WIDTHS[id], 64),
      maxSize: 800,
      enableResizing: id !== 'select',
      enableHiding: !PINNED.includes(id),
    }),
  ),
);

export const isColumnId = (id: string): id is ColumnId => (COLUMN_IDS as readonly string[]).includes(id);

/** Edits one cell where it stands. Enter keeps, Esc leaves; a refusal stands below the cell and what was typed stays. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CivilDate } from '../../../shared/civilDate.ts';
import type { InstrumentSummary } from '../../../shared/entities/instrument.ts';
import { KINDS, LEGAL_STATUSES, PRIORITIES, STAGES } from '../../../shared/entities/values.ts';
import type { Reply } from '../../../shared/rpc/messages.ts';
import { DateField } from '../../components/DateField.tsx';
import { EditorPopover } from '../../components/EditorPopover.tsx';
import { OptionList } from '../../components/OptionList.tsx';
import { PersonPicker } from '../../components/PersonPicker.tsx';
import { type InstrumentFields, useInstrumentsStore } from '../../stores/instrumentsStore.ts';
import { usePeopleStore } from '../../stores/peopleStore.ts';
import { useUiStore } from '../../stores/uiStore.ts';
import { errorText } from '../../text/i18n.ts';
import styles from './CellEditor.module.css';
import { DeadlineForm } from './DeadlineForm.tsx';
import { type ColumnId, EDITORS } from './registerColumns.ts';
import { TextCellEditor } from './TextCellEditor.tsx';

interface CellEditorProps {
  instrument: InstrumentSummary;
  columnId: ColumnId;
  onLeave: () => void;
}

export function CellEditor({ instrument, columnId, onLeave }: CellEditorProps) {
  const { t } = useTranslation();
  const ids = [instrument.id as string];
  const { edit } = useInstrumentsStore.getState();
  const label = t(`register.column.${columnId}`);

  const save = (fields: InstrumentFields) => edit(ids, fields);
  /** For pickers, which close when something is picked: a refusal becomes a toast. */
  const saveAndLeave = (reply: Promise<Reply<unknown>>) => {
    onLeave();
    void reply.then((answer) => {
      if (!answer.ok) useUiStore.getState().tellProblem(errorText(answer.error));
    });
  };

  switch (EDITORS[columnId]) {
    case 'text': {
      const field = columnId as 'title' | 'nextStep';
      const keep = (text: string) => save(field === 'title' ? { title: text } : { nextStep: text || null });
      return (
        <TextCellEditor
          isLong
          from={field === 'title' ? 'start' : 'end'}
          label={label}
          value={instrument[field] ?? ''}
          onSave={keep}
          onLeave={onLeave}
        />
      );
    }
    case 'progress':
      return (
        <TextCellEditor
          from="end"
          label={t('register.progressLabel')}
          value={instrument.progress === null ? '' : String(instrument.progress)}
          onSave={(text) => {
            const progress = progressOf(text);
            return progress === undefined ? refusedProgress(text) : save({ progress });
          }}
          onLeave={onLeave}
        />
      );
    case 'choice':
      return (
        <Floating onLeave={onLeave}>
          <ChoiceList
            label={label}
            columnId={columnId as ChoiceColumn}
            chosen={instrument[columnId as ChoiceColumn]}
            onPick={(fields) => saveAndLeave(save(fields))}
            onLeave={onLeave}
          />
        </Floating>
      );
    case 'sector':
      return (
        <Floating onLeave={onLeave}>
          <SectorList
            label={label}
            sector={instrument.sector}
            onPick={(sector) => saveAndLeave(save({ sector }))}
            onLeave={onLeave}
          />
        </Floating>
      );
    case 'person': {
      const side = columnId === 'pkOwner' ? 'pk' : 'kz';
      return (
        <Floating onLeave={onLeave}>
          <OwnerPicker
            label={label}
            side={side}
            personId={side === 'pk' ? instrument.pkOwnerId : instrument.kzOwnerId}
            onPick={(owner) => saveAndLeave(useInstrumentsStore.getState().assignOwner(ids, side, owner))}
            onLeave={onLeave}
          />
        </Floating>
      );
    }
    case 'body': {
      const field = columnId === 'pkLeadBody' ? 'pkLeadBodyId' : 'kzLeadBodyId';
      return (
        <Floating onLeave={onLeave}>
          <BodyList
            label={label}
            side={columnId === 'pkLeadBody' ? 'pk' : 'kz'}
            bodyId={instrument[field]}
            onPick={(id) => saveAndLeave(save({ [field]: id }))}
            onLeave={onLeave}
          />
        </Floating>
      );
    }
    case 'deadline':
      return (
        <Floating onLeave={onLeave} padding={12}>
          <DeadlineForm ids={ids} deadline={instrument.deadline} onDone={onLeave} />
        </Floating>
      );
    case 'date': {
      const field = columnId as 'signedOn' | 'expiresOn';
      return (
        <Floating onLeave={onLeave} padding={12}>
          <DateField
            label={label}
            value={instrument[field]}
            isAutoFocus
            onChange={(date: CivilDate | null) => saveAndLeave(save({ [field]: date }))}
            onEnter={onLeave}
          />
        </Floating>
      );
    }
    default:
      return null;
  }
}

/** A panel at the cell. Leaving it in any way gives the focus back to the grid. */
function Floating({ children, onLeave, padding = 0 }: { children: ReactNode; onLeave: () => void; padding?: number }) {
  return (
    <EditorPopover
      isOpen
      position="bottom-start"
      offset={2}
      padding={padding}
      target={<span className={styles.anchor} />}
      onLeave={onLeave}
    >
      {children}
    </EditorPopover>
  );
}

/** "45" or "45 %"; nothing typed is nothing reported, and what is no number at all undefined. */
export function progressOf(text: string): number | null | undefined {
  const digits = text.replace('%', '').trim();
  if (digits === '') return null;
  return Number.isFinite(Number(digits)) ? Number(digits) : undefined;
}

/** The file's rule would refuse it, too, but could no longer say what was typed. */
const refusedProgress = (value: string): Promise<Reply<never>> =>
  Promise.resolve({
    ok: false,
    error: { code: 'invalid-value', details: { field: 'progress', value, rule: 'percent' } },
  });

type ChoiceColumn = 'stage' | 'kind' | 'legalStatus' | 'priority';
const CHOICES = { stage: STAGES, kind: KINDS, legalStatus: LEGAL_STATUSES, priority: PRIORITIES };

interface ChoiceListProps {
  label: string;
  columnId: ChoiceColumn;
  chosen: string | null;
  onPick: (fields: InstrumentFields) => void;
  onLeave: () => void;
}

export function ChoiceList({ label, columnId, chosen, onPick, onLeave }: ChoiceListProps) {
  const { t } = useTranslation();
  return (
    <OptionList
      label={label}
      options={CHOICES[columnId].map((value) => ({ value, label: t(`${columnId}.${value}` as 'stage.closed') }))}
      chosen={chosen === null ? [] : [chosen]}
      onPick={(value) => onPick({ [columnId]: value })}
      onLeave={onLeave}
    />
  );
}

interface OwnerPickerProps {
  label: string;
  side: 'pk' | 'kz';
  personId: string | null;
  onPick: (owner: { personId: string } | { newName: string } | null) => void;
  onLeave: () => void;
}

/** PersonPicker on the persons of the file. */
export function OwnerPicker(props: OwnerPickerProps) {
  const persons = usePeopleStore((s) => s.persons);
  return <PersonPicker {...props} persons={persons} />;
}

interface SectorListProps {
  label: string;
  sector: string | null;
  onPick: (sector: string | null) => void;
  onLeave: () => void;
}

function SectorList({ label, sector, onPick, onLeave }: SectorListProps) {
  const { t } = useTranslation();
  const byId = useInstrumentsStore((s) => s.byId);
  const known = [...new Set(Object.values(byId).flatMap((row) => row.sector ?? []))].sort();
  return (
    <OptionList
      label={label}
      options={[{ value: '', label: t('noSector') }, ...known.map((value) => ({ value, label: value }))]}
      chosen={[sector ?? '']}
      searchLabel={t('register.findSector')}
      onPick={(value) => onPick(value || null)}
      onLeave={onLeave}
      creating={{ label: (name) => t('register.newSector', { name }), run: onPick }}
    />
  );
}

interface BodyListProps {
  label: string;
  side: 'pk' | 'kz';
  bodyId: string | null;
  onPick: (id: string | null) => void;
  onLeave: () => void;
}

function BodyList({ label, side, bodyId, onPick, onLeave }: BodyListProps) {
  const { t } = useTranslation();
  const bodies = usePeopleStore((s) => s.bodies);
  const own = [...bodies].sort(
    (a, b) => Number(b.side === side) - Number(a.side === side) || a.name.localeCompare(b.name),
  );
  return (
    <OptionList
      label={label}
      options={[
        { value: '', label: t('register.noBody') },
        ...own.map((body) => ({ value: body.id as string, label: body.name, hint: body.shortName })),
      ]}
      chosen={[bodyId ?? '']}
      searchLabel={t('register.findBody')}
      onPick={(value) => onPick(value || null)}
      onLeave={onLeave}
    />
  );
}

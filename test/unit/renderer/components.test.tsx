// @vitest-environment jsdom
import { afterEach, describe, expect, test, vi } from 'vitest';
import { DateField } from '../../../renderer/components/DateField.tsx';
import { HealthBadge } from '../../../renderer/components/HealthBadge.tsx';
import { InlineEdit } from '../../../renderer/components/InlineEdit.tsx';
import { MarkedText } from '../../../renderer/components/MarkedText.tsx';
import { matchingOptions, OptionList } from '../../../renderer/components/OptionList.tsx';
import { PersonPicker } from '../../../renderer/components/PersonPicker.tsx';
import { delimiterOf } from '../../../renderer/features/exports/delimiterOf.ts';
import { TextCellEditor } from '../../../renderer/features/register/TextCellEditor.tsx';
import { civilDate } from '../../../shared/civilDate.ts';
import { HEALTHS } from '../../../shared/entities/values.ts';
import { err, ok } from '../../../shared/result.ts';
import { fakePersons } from '../../helpers/fakeRegister.ts';
import { type Part, renderPart } from '../../helpers/renderPart.tsx';

let part: Part;
afterEach(() => part?.remove());

describe('health', () => {
  test.each(HEALTHS)('%s has a shape and a word, so that colour is never the only sign', async (health) => {
    part = await renderPart(<HealthBadge health={health} />);
    expect(part.root.querySelector('svg')?.innerHTML).not.toBe('');
    expect(part.root.textContent).not.toBe('');
  });
});

describe('a list to pick from', () => {
  const options = [
    { value: 'a', label: 'Astana' },
    { value: 'i', label: 'Islamabad' },
    { value: 'k', label: 'Қарағанды' },
  ];

  test('arrows move, Enter picks, Esc leaves', async () => {
    const [onPick, onLeave] = [vi.fn(), vi.fn()];
    part = await renderPart(
      <OptionList label="City" options={options} chosen={['a']} onPick={onPick} onLeave={onLeave} />,
    );
    const list = part.find('listbox', 'City');
    expect(part.find('option', 'Astana').getAttribute('aria-selected')).toBe('true');
    await part.press(list, 'ArrowDown');
    await part.press(list, 'Enter');
    expect(onPick).toHaveBeenCalledWith('i');
    await part.press(list, 'Escape');
    expect(onLeave).toHaveBeenCalled();
  });

  test('letters are found by their neighbours, words by their beginnings', () => {
    expect(matchingOptions(options, 'кара').map(({ value }) => value)).toEqual(['k']);
    expect(matchingOptions(options, 'ISL').map(({ value }) => value)).toEqual(['i']);
    expect(matchingOptions(options, 'bad')).toEqual([]);
  });
});

describe('picking a person', () => {
  const persons = fakePersons();

  test('persons of the own side come first', async () => {
    part = await renderPart(
      <PersonPicker label="Owner" persons={persons} personId={null} side="kz" onPick={() => {}} />,
    );
    expect(part.all('option').at(0)?.textContent).toContain('Serik Bekov');
    expect(part.all('option').at(-1)?.textContent).toMatch(/Khan|Siddiqui|طارق/);
  });

  test('a name that nobody has makes a new person, one that somebody has does not', async () => {
    const onPick = vi.fn();
    part = await renderPart(<PersonPicker label="Owner" persons={persons} personId={null} onPick={onPick} />);
    const field = part.find('combobox', 'Owner');
    await part.type(field, 'Zara Ahmed');
    await part.press(field, 'Enter');
    expect(onPick).toHaveBeenCalledWith({ newName: 'Zara Ahmed' });
    await part.type(field, 'serik bekov');
    expect(part.all('option')).toHaveLength(1);
    await part.press(field, 'Enter');
    expect(onPick).toHaveBeenLastCalledWith({ personId: persons[3]?.id });
  });

  test('nobody is offered only where somebody is assigned', async () => {
    const onPick = vi.fn();
    part = await renderPart(
      <PersonPicker label="Owner" persons={persons} personId={persons[0]?.id ?? null} onPick={onPick} />,
    );
    await part.click(part.find('option', 'Nobody'));
    expect(onPick).toHaveBeenCalledWith(null);
  });
});

describe('a date field', () => {
  test('takes what can be read and shows it as people write it', async () => {
    const onChange = vi.fn();
    part = await renderPart(<DateField label="Deadline" value={civilDate('2027-06-30')} onChange={onChange} />);
    const field = part.find('textbox', 'Deadline') as HTMLInputElement;
    expect(field.value).toBe('30 Jun 2027');
    await part.type(field, '2027-07-01');
    await part.press(field, 'Enter');
    expect(onChange).toHaveBeenCalledWith('2027-07-01');
  });

  test('keeps what cannot be read and says how to write it', async () => {
    const onChange = vi.fn();
    part = await renderPart(<DateField label="Deadline" value={null} onChange={onChange} />);
    const field = part.find('textbox', 'Deadline') as HTMLInputElement;
    await part.type(field, '3/4/2027');
    await part.leave(field);
    expect(field.value).toBe('3/4/2027');
    expect(part.root.textContent).toContain('“3/4/2027” is no date');
    expect(onChange).not.toHaveBeenCalled();
  });

  test('emptied means none, unless one is needed', async () => {
    const onChange = vi.fn();
    part = await renderPart(<DateField label="As of" value={civilDate('2027-06-30')} onChange={onChange} isRequired />);
    const field = part.find('textbox', 'As of');
    await part.type(field, '');
    await part.leave(field);
    expect(onChange).not.toHaveBeenCalled();
    expect(part.root.textContent).toContain('A date is needed here');
  });
});

describe('editing where it stands', () => {
  test('a refusal stands below and what was typed stays', async () => {
    const onSave = vi.fn(async () => 'This may not be empty.');
    part = await renderPart(<InlineEdit label="Title" value="Old" emptyText="none" onSave={onSave} />);
    await part.click(part.find('button', 'Title'));
    const field = part.find('textbox', 'Title') as HTMLInputElement;
    await part.type(field, 'New');
    await part.press(field, 'Enter');
    expect(part.find('alert').textContent).toBe('This may not be empty.');
    expect(field.value).toBe('New');
    await part.press(field, 'Escape');
    expect(part.find('button', 'Title').textContent).toBe('Old');
  });

  test('a cell saves once, however it is left', async () => {
    const [onSave, onLeave] = [vi.fn(async () => ok({})), vi.fn()];
    part = await renderPart(<TextCellEditor label="Next step" from="end" value="" onSave={onSave} onLeave={onLeave} />);
    const field = part.find('textbox', 'Next step');
    await part.type(field, 'Gauge study');
    await part.press(field, 'Enter');
    await part.leave(field);
    expect(onSave).toHaveBeenCalledTimes(1);
    expect(onLeave).toHaveBeenCalledTimes(1);
  });

  test('a refused cell stays open and says why', async () => {
    const refusal = err({
      code: 'invalid-value',
      details: { field: 'progress', value: '140', rule: 'percent' },
    } as const);
    const onLeave = vi.fn();
    part = await renderPart(
      <TextCellEditor label="Progress" from="end" value="" onSave={async () => refusal} onLeave={onLeave} />,
    );
    const field = part.find('textbox', 'Progress');
    await part.type(field, '140');
    await part.press(field, 'Enter');
    expect(part.find('alert').textContent).toContain('whole number from 0 to 100');
    expect(onLeave).not.toHaveBeenCalled();
  });
});

test('marks stand where the search found its words', async () => {
  part = await renderPart(
    <MarkedText
      text="Gauge study of the gauge"
      marks={[
        { start: 0, end: 5 },
        { start: 19, end: 24 },
      ]}
    />,
  );
  expect([...part.root.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['Gauge', 'gauge']);
  expect(part.root.textContent).toBe('Gauge study of the gauge');
});

test('columns are separated by what the Excel of the place takes for it', () => {
  expect(delimiterOf('ru-RU')).toBe(';');
  expect(delimiterOf('kk-KZ')).toBe(';');
  expect(delimiterOf('de')).toBe(';');
  expect(delimiterOf('en-GB')).toBe(',');
  expect(delimiterOf('ur-PK')).toBe(',');
  expect(delimiterOf('not a locale')).toBe(',');
});

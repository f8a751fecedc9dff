/** A month to pick a day from. Default export, for it is loaded on demand. */
import '@mantine/dates/styles.css';
import { DatePicker } from '@mantine/dates';
import { type CivilDate, isCivilDate } from '../../shared/civilDate.ts';

export default function Calendar({ value, onPick }: { value: CivilDate | null; onPick: (date: CivilDate) => void }) {
  return (
    <DatePicker
      size="xs"
      // Red is kept for what is late.
      weekendDays={[]}
      value={value}
      defaultDate={value ?? undefined}
      onChange={(date) => {
        if (date !== null && isCivilDate(date)) onPick(date);
      }}
    />
  );
}

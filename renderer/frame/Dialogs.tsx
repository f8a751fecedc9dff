/** The dialog that is open, if any. Loaded when first needed. */
import { lazy, Suspense } from 'react';
import { useFocusBack } from '../hooks/useFocusBack.ts';
import { type Dialog, useUiStore } from '../stores/uiStore.ts';

const ExportCsvDialog = lazy(() =>
  import('../features/exports/ExportCsvDialog.tsx').then((m) => ({ default: m.ExportCsvDialog })),
);
const ExportPdfDialog = lazy(() =>
  import('../features/exports/ExportPdfDialog.tsx').then((m) => ({ default: m.ExportPdfDialog })),
);
const ProfileDialog = lazy(() => import('./ProfileDialog.tsx').then((m) => ({ default: m.ProfileDialog })));
const HelpDialog = lazy(() => import('./HelpDialog.tsx').then((m) => ({ default: m.HelpDialog })));
const CopyOfferedDialog = lazy(() =>
  import('../features/sharing/CopyOfferedDialog.tsx').then((m) => ({ default: m.CopyOfferedDialog })),
);
const DamagedDialog = lazy(() =>
  import('../features/welcome/DamagedDialog.tsx').then((m) => ({ default: m.DamagedDialog })),
);
const NewInstrumentDialog = lazy(() =>
  import('../features/register/NewInstrumentDialog.tsx').then((m) => ({ default: m.NewInstrumentDialog })),
);
const DeleteDialog = lazy(() =>
  import('../features/register/DeleteDialog.tsx').then((m) => ({ default: m.DeleteDialog })),
);

export function Dialogs() {
  const dialog = useUiStore((s) => s.dialog);
  const close = useUiStore((s) => s.closeDialog);
  return dialog && <Open dialog={dialog} close={close} />;
}

function Open({ dialog, close }: { dialog: Dialog; close: () => void }) {
  useFocusBack();
  return (
    <Suspense>
      {dialog.kind === 'export-csv' && <ExportCsvDialog onClose={close} />}
      {dialog.kind === 'export-pdf' && <ExportPdfDialog onClose={close} />}
      {dialog.kind === 'profile' && <ProfileDialog onClose={close} />}
      {dialog.kind === 'copy-offered' && <CopyOfferedDialog offer={dialog.offer} onClose={close} />}
      {dialog.kind === 'damaged' && <DamagedDialog onClose={close} />}
      {dialog.kind === 'help' && <HelpDialog onClose={close} />}
      {dialog.kind === 'new-instrument' && <NewInstrumentDialog onClose={close} />}
      {dialog.kind === 'delete-instruments' && <DeleteDialog ids={dialog.ids} onClose={close} />}
    </Suspense>
  );
}

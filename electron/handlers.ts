/** Main's share of the contract: method -> what serves it. */
import { rm } from 'node:fs/promises';
import { app } from 'electron';
import { shellApi } from '../shared/api.ts';
import { todayCivil } from '../shared/civilDate.ts';
import { countUndecided } from '../shared/conflictChoices.ts';
import { pageOf, placesOf } from '../shared/conflictPages.ts';
import { err, ok } from '../shared/result.ts';
import type { Reply } from '../shared/rpc/messages.ts';
import { type Handlers, serveCall } from '../shared/rpc/server.ts';
import { sendPort, startReply } from './calls.ts';
import { openWithPassphrase, placeOfOpenFile, restoreBackup, saveCopy, takeCopy } from './copies.ts';
import { findDamaged, restoreDamaged, salvageDamaged, surveyDamaged } from './damagedFile.ts';
import { database } from './dbProcess.ts';
import { askExchangeFolder, askNewFile, askOpen, askRegisterExport, askReportExport, putAside } from './dialogs.ts';
import { logBug } from './log.ts';
import {
  chooseMerge,
  decideOpen,
  forgetMerges,
  type KeptMerge,
  mergeOfToken,
  printMerge,
  runOffered,
  skipNext,
  unlockNext,
} from './merging.ts';
import { closeFile, createFile, currentFile, currentPath, leaveCopy, leaveDamaged, openPath } from './openFile.ts';
import { currentAuthor, savePreferences, saveProfile } from './profile.ts';
import { forget, pathOfToken } from './recentFiles.ts';
import { openSaved, rememberSaved, showSaved } from './savedFiles.ts';
import { isOfferedAsCopy, lookAtOffered, replaceByOffered } from './secondCopy.ts';
import { cancelTasks, runTask } from './tasks.ts';
import { moveInto, temporaryBeside, writeError, writeWhole } from './writeWhole.ts';

const STEPS_A_PAGE = 50;

const noFile = err({ code: 'no-file-open', details: {} });

const handlers: Handlers<typeof shellApi> = {
  'app.start': startReply,
  'app.reload': () => {
    sendPort();
    return ok({});
  },

  'profile.save': async (profile) => {
    try {
      await saveProfile(profile);
    } catch (error) {
      return err(writeError(app.getPath('userData'), error));
    }
    const author = currentAuthor();
    return author ? database()['author.set'](author) : ok({});
  },
  'preferences.save': async (preferences) => {
    await savePreferences(preferences);
    return ok({});
  },

  'file.new': async ({ from }) => {
    const path = await askNewFile();
    if (!path) return ok({ file: null });
    // The open file itself may be the one to be replaced.
    if (path === currentPath()) {
      const closed = await closeFile();
      if (!closed.ok) return closed;
    }
    try {
      await putAside(path);
    } catch (error) {
      return err(writeError(path, error));
    }
    return opened(await createFile(path, from));
  },
  'file.open': async () => {
    const path = await askOpen();
    return path === null || (await isOfferedAsCopy(path)) ? ok({ file: null }) : opened(await openPath(path));
  },
  'file.openRecent': async ({ token }) => {
    const path = pathOfToken(token);
    if (!path) return err({ code: 'invalid-call', details: { method: 'file.openRecent', problem: 'no such token' } });
    return (await isOfferedAsCopy(path)) ? ok({ file: null }) : opened(await openPath(path));
  },
  'file.forgetRecent': ({ token }) => {
    const path = pathOfToken(token);
    if (path) forget(path);
    return ok({});
  },
  'file.close': () => closeFile(),

  'merge.choose': chooseMerge,
  'merge.unlock': ({ token, passphrase }) => unlockNext(token, passphrase),
  'merge.skip': ({ token }) => skipNext(token),
  'merge.leave': () => {
    forgetMerges();
    return ok({});
  },
  'merge.run': ({ token, choices }) => runOffered(token, choices),
  'conflict.decide': ({ choices }) => decideOpen(choices),
  'merge.conflicts': ({ token, query }) =>
    ofMerge(token, 'merge.conflicts', ({ conflicts }) => {
      const { shown, total } = pageOf(conflicts, query);
      return { conflicts: shown, total };
    }),
  'merge.steps': ({ token, offset }) =>
    ofMerge(token, 'merge.steps', ({ steps }) => ({ steps: steps.slice(offset, offset + STEPS_A_PAGE) })),
  'merge.places': ({ token, typed }) =>
    ofMerge(token, 'merge.places', ({ conflicts }) => placesOf(conflicts, ({ label }) => label, typed)),
  'merge.undecided': ({ token, choices }) =>
    ofMerge(token, 'merge.undecided', ({ conflicts }) => ({ count: countUndecided(conflicts, choices) })),
  'merge.print': printMerge,

  'copy.save': ({ scope, passphrase }) => saveCopy(scope, passphrase),
  'copy.take': takeCopy,
  'file.openEncrypted': ({ passphrase }) => openWithPassphrase(passphrase),
  'file.place': placeOfOpenFile,
  'copy.look': async ({ token }) => opened(await lookAtOffered(token)),
  'copy.leave': async () => opened(await leaveCopy()),
  'copy.replace': ({ token }) => replaceByOffered(token),
  'backup.restore': ({ id }) => restoreBackup(id),
  'damage.find': findDamaged,
  'damage.survey': ({ token }) => surveyDamaged(token),
  'damage.restore': ({ token, id, addReadable }) => restoreDamaged(token, id, addReadable),
  'damage.salvage': ({ token }) => salvageDamaged(token),
  'damage.leave': leaveDamaged,

  'exchange.chooseFolder': async () => {
    if (!currentFile()) return noFile;
    const path = await askExchangeFolder();
    if (!path) return ok({ status: null });
    const reply = await database()['exchange.setFolder']({ path });
    return reply.ok ? ok({ status: reply.value }) : reply;
  },

  'export.register': async (options) => {
    const file = currentFile();
    if (!file) return noFile;
    const path = await askRegisterExport(file.name);
    if (!path) return ok({ saved: null });
    return runTask('export', async ({ signal, progress }) => {
      progress(0, 2);
      // Written beside and moved into place here, so that stopping it leaves an older export as it was.
      const temporary = temporaryBeside(path);
      try {
        const reply = await database()['export.register']({ path: temporary, today: todayCivil(), ...options });
        if (!reply.ok) return err(aboutPath(reply.error, path));
        progress(1, 2);
        signal.throwIfAborted();
        await moveInto(temporary, path);
      } catch (error) {
        if (signal.aborted) throw error;
        return err(writeError(path, error));
      } finally {
        await rm(temporary, { force: true });
      }
      progress(2, 2);
      return ok({ saved: rememberSaved(path) });
    });
  },
  'export.statusReport': async (period) => {
    const file = currentFile();
    if (!file) return noFile;
    const path = await askReportExport(file.name, period.asOf);
    if (!path) return ok({ saved: null });
    return runTask('print', async ({ signal, progress }) => {
      const steps = 5;
      progress(0, steps);
      const report = await database()['report.status'](period);
      if (!report.ok) return report;
      progress(1, steps);
      const { printStatusReport } = await import('./printing.ts');
      const printed = await printStatusReport(report.value, signal, (done) => progress(1 + done, steps));
      if (!printed.ok) return printed;
      try {
        await writeWhole(path, printed.value, signal);
      } catch (error) {
        if (signal.aborted) throw error;
        return err(writeError(path, error));
      }
      progress(steps, steps);
      return ok({ saved: rememberSaved(path) });
    });
  },
  'saved.showInFolder': ({ token }) => showSaved(token),
  'saved.open': ({ token }) => openSaved(token),
  'task.cancel': () => {
    cancelTasks();
    return ok({});
  },
};

/** Serves one call of the window; calls.ts has made sure that it is ours. */
export const serveShell = (method: string, input: unknown): Promise<Reply<unknown>> =>
  serveCall(shellApi, handlers, { method, input }, () => undefined, { logBug, checkOutputs: !app.isPackaged });

function ofMerge<T>(token: string, method: string, answer: (merge: KeptMerge) => T): Reply<T> {
  const merge = mergeOfToken(token, method);
  return merge.ok ? ok(answer(merge.value)) : merge;
}

type OpenReply = Awaited<ReturnType<typeof openPath>>;
const opened = (reply: OpenReply) => (reply.ok ? ok({ file: reply.value }) : reply);

/** A refusal about the temporary file is one about the file that the person chose. */
const aboutPath = (error: Extract<OpenReply, { ok: false }>['error'], path: string) =>
  'path' in error.details ? ({ ...error, details: { ...error.details, path } } as typeof error) : error;

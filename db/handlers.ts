/** What the database process serves: method -> command or repository, and nothing else. */
import type { ConflictMarks, fileApi, hostApi, Input, InstrumentBlock } from '../shared/api.ts';
import type { AppError } from '../shared/errors.ts';
import { NO_EXCHANGE } from '../shared/exchange.ts';
import { err, ok } from '../shared/result.ts';
import type { Reply } from '../shared/rpc/messages.ts';
import type { Handlers } from '../shared/rpc/server.ts';
import type { SavedCopy } from '../shared/safekeeping.ts';
import type { MergeBlock, MergeReport, MergeSummary } from '../shared/sharing.ts';
import type { Translate } from '../shared/text/translator.ts';
import { addReadable, replaceByBackup, surveyDamage } from './backup/damage.ts';
import { listBackups, listBackupsByPlace } from './backup/listBackups.ts';
import { salvageFile } from './backup/salvage.ts';
import { decideConflicts } from './commands/decideConflicts.ts';
import * as instruments from './commands/instrumentCommands.ts';
import * as notes from './commands/noteCommands.ts';
import * as registry from './commands/registryCommands.ts';
import { joinInstruments, removeReference, renumberInstrument, restoreRow } from './commands/settleCommands.ts';
import { redoLast, undoBatch, undoLast } from './commands/undo.ts';
import { isAgeFile } from './copy/age.ts';
import { compareCopy } from './copy/compareCopy.ts';
import { saveDecryptedCopy, saveEncryptedCopy, unlock, withDecrypted } from './copy/encryptedCopy.ts';
import { saveCopy, saveRestrictedCopy } from './copy/saveCopy.ts';
import type { ExchangeService } from './exchange/exchangeService.ts';
import { exportRegister } from './exportRegister.ts';
import { type Arrived, mergeFiles } from './merge/merge.ts';
import { mergeAndDecide } from './merge/mergeAndDecide.ts';
import { MergeSummariser } from './merge/mergeSummary.ts';
import type { OpenFile } from './openFile.ts';
import { placeOfFile } from './place.ts';
import { statusReport } from './reportFacts.ts';
import {
  conflictsOfInstrument,
  countOpenConflicts,
  openDecisions,
  pageOfConflicts,
  placesOfConflicts,
  streamConflictMarks,
} from './repositories/conflictsRepository.ts';
import { fileDetails } from './repositories/fileRepository.ts';
import { listHistory } from './repositories/historyRepository.ts';
import { listInconsistencies } from './repositories/inconsistenciesRepository.ts';
import { instrumentDetail, instrumentRows, streamInstruments } from './repositories/instrumentsRepository.ts';
import { listBodies, listPersons } from './repositories/peopleRepository.ts';
import { listRisks, listTargets } from './repositories/targetsRepository.ts';
import { search, searchInstruments } from './search/searchQuery.ts';
import type { Session } from './session.ts';
import { isDamage } from './sqliteErrors.ts';

/** Calls on the file that is open; without one every method answers so. */
export function fileHandlers(
  currentFile: () => OpenFile | null,
  exchange: () => ExchangeService | null = () => null,
): Handlers<typeof fileApi> {
  const withFile =
    <I, O, B = never>(serve: (file: OpenFile, input: I, send: (block: B) => void) => Reply<O>) =>
    (input: I, send: (block: B) => void): Reply<O> => {
      const file = currentFile();
      if (!file) return err({ code: 'no-file-open', details: {} });
      try {
        return serve(file, input, send);
      } catch (error) {
        return damageOrBug(file, error);
      }
    };
  /** Reading cannot be refused. */
  const read = <I, O>(serve: (file: OpenFile, input: I) => O) => withFile((file, input: I) => ok(serve(file, input)));

  return {
    'file.info': read(fileDetails),
    'file.rename': withFile((file, input: Input<typeof fileApi, 'file.rename'>) => {
      const done = registry.renameFile(file, input);
      return done.ok ? ok({}) : done;
    }),

    'instrument.list': withFile(({ db }, _, send: (block: InstrumentBlock) => void) =>
      ok({ total: streamInstruments(db, send) }),
    ),
    'instrument.rows': read(({ db }, { ids }) => instrumentRows(db, ids)),
    'instrument.get': withFile(({ db }, { id }: Input<typeof fileApi, 'instrument.get'>) => {
      const detail = instrumentDetail(db, id);
      return detail ? ok(detail) : err<AppError>({ code: 'not-found', details: { entity: 'instrument', id } });
    }),
    'instrument.create': withFile(instruments.createInstrument),
    'instrument.edit': withFile(instruments.editInstruments),
    'instrument.moveDeadline': withFile(instruments.moveDeadline),
    'instrument.assignOwner': withFile(instruments.assignOwner),
    'instrument.overrideHealth': withFile(instruments.overrideHealth),
    'instrument.setSupportingBodies': withFile(instruments.setSupportingBodies),
    'instrument.delete': withFile(instruments.deleteInstruments),
    'instrument.renumber': withFile(renumberInstrument),
    'instrument.join': withFile(joinInstruments),
    'row.restore': withFile(restoreRow),
    'reference.remove': withFile(removeReference),

    'note.add': withFile(notes.addNote),
    'note.edit': withFile(notes.editNote),
    'note.pin': withFile(notes.pinNote),
    'note.delete': withFile(notes.deleteNote),

    'person.list': read(({ db }) => listPersons(db)),
    'person.create': withFile(registry.createPerson),
    'person.edit': withFile(registry.editPerson),
    'person.delete': withFile(registry.deletePerson),
    'body.list': read(({ db }) => listBodies(db)),
    'body.create': withFile(registry.createBody),
    'body.edit': withFile(registry.editBody),
    'body.delete': withFile(registry.deleteBody),

    'target.list': read(({ db }) => listTargets(db)),
    'target.edit': withFile(registry.editTarget),
    'risk.list': read(({ db }) => listRisks(db)),

    'history.list': read(listHistory),
    'undo.state': read((file) => file.undoStack.state()),
    'undo.last': withFile(undoLast),
    'undo.redo': withFile(redoLast),
    'undo.batch': withFile(undoBatch),

    'conflict.marks': withFile((file, _, send: (block: ConflictMarks) => void) =>
      ok({ total: streamConflictMarks(file, send) }),
    ),
    'conflict.page': read(pageOfConflicts),
    'conflict.places': read((file, { typed }) => placesOfConflicts(file, typed)),
    'conflict.ofInstrument': read((file, { id }) => conflictsOfInstrument(file, id)),
    'conflict.undecided': read((file, { choices }) => ({ count: countOpenConflicts(file, choices) })),
    'inconsistency.list': read(listInconsistencies),

    'backup.list': read(listBackups),
    'backup.make': withFile((file) => {
      if (file.backups) return file.backups.make(file, 'manual');
      return err({ code: 'invalid-call', details: { method: 'backup.make', problem: 'no place for backups' } });
    }),

    'exchange.status': () => ok(exchange()?.status() ?? NO_EXCHANGE),
    'exchange.now': async () => ok((await exchange()?.now()) ?? NO_EXCHANGE),
    'exchange.stop': () => ok(exchange()?.leave() ?? NO_EXCHANGE),

    'search.query': read(({ db }, { text, limit }) => search(db, text, limit)),
    'search.instruments': read(({ db }, { text }) => ({ ids: searchInstruments(db, text) })),
    'report.status': read((file, { asOf, since }) => statusReport(file, asOf, since)),
  };
}

/** Pages that cannot be read are no bug of ours: said as damage, the window can offer what is left. */
function damageOrBug(file: OpenFile, error: unknown): Reply<never> {
  if (!isDamage(error)) throw error;
  return err({ code: 'file-damaged', details: { path: file.path, problem: (error as Error).message } });
}

/** A merge whose report goes in blocks, with the numbers as the answer. */
function summarised(
  file: OpenFile,
  send: (block: MergeBlock) => void,
  merge: (onArrived: (arrived: Arrived) => void) => Reply<MergeReport>,
): Reply<MergeSummary> {
  const summariser = new MergeSummariser();
  const merged = merge(summariser.onArrived);
  return merged.ok ? ok(summariser.send(merged.value, file.now(), send)) : merged;
}

/** Calls that carry paths: main's alone. */
export function hostHandlers(session: Session, t: Translate, exchange?: ExchangeService): Handlers<typeof hostApi> {
  const withFile = async <O>(serve: (file: OpenFile) => Reply<O> | Promise<Reply<O>>): Promise<Reply<O>> => {
    const { file } = session;
    if (!file) return err({ code: 'no-file-open', details: {} });
    try {
      return await serve(file);
    } catch (error) {
      return damageOrBug(file, error);
    }
  };

  return {
    'file.open': async ({ path }) => {
      await exchange?.settle();
      return session.open(path);
    },
    'file.create': async ({ path, from, title }) => {
      await exchange?.settle();
      return session.create(path, { from, title });
    },
    'file.look': async ({ path }) => {
      await exchange?.settle();
      return session.look(path);
    },
    'file.close': async () => {
      await exchange?.settle();
      session.close();
      return ok({});
    },
    'author.set': (author) => {
      session.setAuthor(author);
      return ok({});
    },
    'merge.encrypted': ({ paths }) => ok({ paths: paths.filter(isAgeFile) }),
    'merge.unlock': async ({ path, passphrase }) => {
      const key = await unlock(path, passphrase);
      return key.ok ? ok({ key: key.value }) : key;
    },
    'merge.preview': ({ copies }, send) =>
      withDecrypted(copies, (sources) =>
        withFile((file) =>
          summarised(file, send, (onArrived) => mergeFiles(file, sources, { isDryRun: true, onArrived })),
        ),
      ),
    'merge.run': ({ copies, choices }, send) =>
      withDecrypted(copies, (sources) =>
        withFile((file) => summarised(file, send, (onArrived) => mergeAndDecide(file, sources, choices, onArrived))),
      ),
    'conflict.decide': ({ choices }) =>
      withFile((file) => {
        const decisions = openDecisions(file, choices);
        const decided = decideConflicts(file, decisions);
        return decided.ok ? ok({ ...decided.value, count: decisions.length }) : decided;
      }),
    'file.openEncrypted': ({ path, passphrase }) => session.openEncrypted(path, passphrase),
    'file.place': ({ path }) => ok(placeOfFile(path)),
    'copy.save': ({ path, scope, passphrase, mayReplace }) =>
      withFile<SavedCopy>((file) => {
        if (passphrase !== null)
          return saveEncryptedCopy(file, path, { passphrase, scope: scope ?? undefined, mayReplace });
        return scope === null
          ? saveCopy(file, path, { mayReplace })
          : saveRestrictedCopy(file, path, scope, { mayReplace });
      }),
    'copy.decrypt': ({ path, out, passphrase, mayReplace }) => saveDecryptedCopy(path, out, { passphrase, mayReplace }),
    'backup.restore': ({ id }) => session.restore(id),
    'copy.compare': ({ path }) => withFile((file) => compareCopy(file, path)),
    'copy.replace': ({ path }) => session.replaceByCopy(path),
    'damage.backups': ({ path }) => ok({ backups: listBackupsByPlace(session.backups, path) }),
    'damage.survey': ({ path }) => surveyDamage(session.backups, path),
    'damage.restore': ({ path, id }) => replaceByBackup(session.backups, path, id),
    'damage.addReadable': ({ path }) =>
      withFile((file) => {
        const added = addReadable(file, path);
        return added.ok ? ok({ changes: added.value.changes, forks: added.value.forks }) : added;
      }),
    'damage.salvage': ({ path, out }) => salvageFile(path, out),
    'exchange.setFolder': ({ path }) =>
      exchange?.setFolder(path) ??
      err({ code: 'invalid-call', details: { method: 'exchange.setFolder', problem: 'no place for records' } }),
    'export.register': (options) => withFile((file) => exportRegister(file, { ...options, t })),
    'report.status': ({ asOf, since }) => withFile((file) => ok(statusReport(file, asOf, since))),
  };
}

/** Identities: UUIDv7 for what people create, UUIDv5 for what has a name all files agree on. */
import { v5, v7 } from 'uuid';

/** Namespace of everything this program names; never to be changed, or files stop being kin. */
const NAMESPACE = 'a3f1c6de-5b0f-4c7e-9a46-2d7a6d0f8e11';

export const newId = (): string => v7();

/** The same in every file: rows of the register, and rows that only say that two others belong together. */
export const namedId = (entity: string, ...name: (string | number)[]): string =>
  v5([entity, ...name].join(':'), NAMESPACE);

export const supportId = (instrumentId: string, bodyId: string): string => namedId('support', instrumentId, bodyId);

/** The sentence of a refused edit, to stand beside the field it belongs to. */
import { useState } from 'react';
import type { Reply } from '../../shared/rpc/messages.ts';
import { errorText } from '../text/i18n.ts';

export const refusalText = (reply: Reply<unknown>): string | null => (reply.ok ? null : errorText(reply.error));

/** `run` keeps the sentence while the last edit was refused and answers whether it was written. */
export function useRefusal() {
  const [refusal, setRefusal] = useState<string | null>(null);
  const run = async (edit: Promise<Reply<unknown>>): Promise<boolean> => {
    const text = refusalText(await edit);
    setRefusal(text);
    return text === null;
  };
  return { refusal, setRefusal, run };
}

import type { Migration } from './index.ts';

/**
 * The words of an edit go into the index in a quiet moment: `search_pending` names the documents that it is behind with,
 * and a search reads those rows themselves. Documents are stored as words with blanks between them, so the simplest
 * tokenizer does; the larger table of words in memory (hashsize) makes an index of one piece instead of several.
 */
export const deferSearch: Migration = {
  version: 50,
  up: (db) =>
    db.exec(`
      CREATE TABLE search_pending (document INTEGER PRIMARY KEY);

      DROP TABLE search;
      CREATE VIRTUAL TABLE search USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'ascii');
      INSERT INTO search (search, rank) VALUES ('hashsize', 16777216);
      DELETE FROM meta WHERE key = 'searchVersion';
    `),
};

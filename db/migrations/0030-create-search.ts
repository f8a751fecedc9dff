import type { Migration } from './index.ts';

/**
 * Full-text index over folded text (shared/text/searchText.ts), one document per row of the log. Contentless: the words
 * stand in the projection already, and excerpts are made from there for the few hits that are shown.
 */
export const createSearch: Migration = {
  version: 30,
  up: (db) =>
    db.exec(`
      CREATE VIRTUAL TABLE search USING fts5 (
        text, content = '', contentless_delete = 1, tokenize = "unicode61 categories 'L* N* Co M*'");
    `),
};

import { describe, expect, it } from 'vitest';
import { langOf } from '../../../renderer/features/instrument/langOf.ts';
import { neighboursOf } from '../../../renderer/features/instrument/neighbours.ts';

describe('neighbours of an instrument', () => {
  const whole = ['a', 'b', 'c', 'd'];

  it('are those of the register as it is filtered and sorted', () => {
    expect(neighboursOf('a', ['d', 'a', 'c'], whole)).toEqual({ previous: 'd', next: 'c', at: 2, total: 3 });
  });

  it('are those of the whole register when the filter hides the instrument', () => {
    expect(neighboursOf('b', ['d', 'a'], whole)).toEqual({ previous: 'a', next: 'c', at: 2, total: 4 });
  });

  it('end at both ends, and there are none of what is in no list', () => {
    expect(neighboursOf('a', whole, whole)).toMatchObject({ previous: null, next: 'b' });
    expect(neighboursOf('d', whole, whole)).toMatchObject({ previous: 'c', next: null });
    expect(neighboursOf('gone', whole, whole)).toEqual({ previous: null, next: null, at: 0, total: 4 });
  });
});

describe('language of a text', () => {
  it('is Urdu where Arabic script is written, and the page’s own otherwise', () => {
    expect(langOf('دونوں وزارتوں نے')).toBe('ur');
    expect(langOf('MoU: مفاہمت')).toBe('ur');
    expect(langOf('Жол картасы')).toBeUndefined();
    expect(langOf('')).toBeUndefined();
  });
});

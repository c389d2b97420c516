import { describe, expect, it } from 'vitest';
import type { Usage } from '../../tests/load/usage.ts';
import { compare } from './level.ts';

const samples = (megabytes: (index: number) => number): Usage[] =>
  Array.from({ length: 100 }, (_, index) => ({ megabytes: megabytes(index), descriptors: 50, children: [60, 60] }));

const memory = (usages: readonly Usage[]) =>
  compare(usages).find(({ what }) => what.startsWith('memory of the account'));

describe('compare', () => {
  it('finds that a constant number is level', () => {
    expect(memory(samples(() => 100))).toMatchObject({ first: 100, last: 100, isLevel: true });
  });

  it('finds that a growing number is not level', () => {
    expect(memory(samples((index) => 100 + index))?.isLevel).toBe(false);
  });

  it('ignores a peak between the first and the last tenth', () => {
    expect(memory(samples((index) => (index === 50 ? 900 : 100)))?.isLevel).toBe(true);
  });

  it('omits open files if the system does not show them', () => {
    const hidden = samples(() => 100).map((usage) => ({ ...usage, descriptors: undefined }));
    expect(compare(hidden).map(({ what }) => what)).not.toContain('descriptors of the account');
  });
});

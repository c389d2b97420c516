import type { Usage } from '../../tests/load/usage.ts';
import { median } from '../statistics.ts';

/** One value of a soak test, at the beginning and at the end. */
export interface Figure {
  readonly what: string;
  readonly first: number;
  readonly last: number;
  readonly isLevel: boolean;
}

/** Growth that still counts as level. */
const tolerance = 1.2;

const figures: Readonly<Record<string, (usage: Usage) => number | undefined>> = {
  'memory of the account, MB': ({ megabytes }) => megabytes,
  'descriptors of the account': ({ descriptors }) => descriptors,
  'processes of functions': ({ children }) => children.length,
  'memory of functions, MB': ({ children }) => children.reduce((sum, one) => sum + one, 0),
};

/** Returns each figure's median in the first and in the last tenth of the samples, and whether it grew between them. */
export function compare(samples: readonly Usage[]): Figure[] {
  const tenth = Math.max(1, Math.floor(samples.length / 10));
  return Object.entries(figures).flatMap(([what, read]) => {
    const values = samples.map(read).filter((value) => value !== undefined);
    if (values.length < samples.length) return [];
    const [first, last] = [median(values.slice(0, tenth)), median(values.slice(-tenth))];
    return [{ what, first, last, isLevel: last <= first * tolerance }];
  });
}

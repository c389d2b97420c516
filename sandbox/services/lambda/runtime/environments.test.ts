import { expect, it } from 'vitest';
import type { Environment } from './environment.ts';
import { Environments } from './environments.ts';

/** Minutes since an environment of a function was last used; undefined while it is busy. */
type Use = readonly [functionName: string, minutes: number | undefined];

/** Returns which of these environments have ended after `endOld`. */
function ended(...uses: readonly Use[]): boolean[] {
  const environments = new Environments();
  const all = uses.map(([key, minutes]) => {
    const environment = {
      state: minutes === undefined ? 'busy' : 'idle',
      since: performance.now() - (minutes ?? 0) * 60_000,
      isPastItsTime: false,
      hasEnded: false,
      end() {
        this.hasEnded = true;
      },
    };
    environments.add(environment as unknown as Environment, key);
    return environment;
  });
  environments.endOld();
  return all.map(({ hasEnded }) => hasEnded);
}

it.each<[string, readonly Use[], readonly boolean[]]>([
  ['the first of a function stays for some minutes', [['say', 7]], [false]],
  ['after that it ends', [['say', 9]], [true]],
  [
    'another of it ends after a minute',
    [
      ['say', 2],
      ['say', 2],
      ['say', 0.5],
    ],
    [false, true, false],
  ],
  [
    'one of another function stays',
    [
      ['say', 2],
      ['join', 2],
    ],
    [false, false],
  ],
  [
    'one besides a busy one stays',
    [
      ['say', undefined],
      ['say', 2],
    ],
    [false, false],
  ],
])('of idle environments, %s', (_, uses, expected) => {
  expect(ended(...uses)).toEqual(expected);
});

import { describe, expect, test } from 'vitest';
import { type Check, check, type Judgement, type Subject } from './check.ts';
import { inOrder } from './order.ts';
import { runChecks } from './run.ts';

const passed: Judgement = { outcome: 'passed', actual: 'it is so', evidence: [] };
const failed: Judgement = { outcome: 'failed', actual: 'it is not', evidence: [] };

function plain(
  id: string,
  judgement: Judgement | Array<Judgement | Error> | Error,
  needs: string[] = [],
): Check<unknown> {
  const judgements = Array.isArray(judgement) ? [...judgement] : [judgement];
  return check<unknown>({
    id,
    title: id,
    needs,
    expected: 'it is so',
    async observe() {
      const next = judgements.length > 1 ? judgements.shift() : judgements[0];
      if (next instanceof Error) throw next;
      return next;
    },
    judge: (observation) => observation as Judgement,
    hints: ['', '', '', ''],
    docs: { lab: '', aws: '' },
  });
}

function subject(spread = 0, signal = new AbortController().signal): Subject {
  const target = { kind: 'practice', title: 'the practice account', spread };
  const stack = { deployed: true, changedAt: 0 };
  const remembering = <T>(work: () => Promise<T>) => work();
  const room = { missing: 'no room' };
  return { target, signal, stack, room, locate: () => undefined, remembering } as unknown as Subject;
}

/** A clock that only moves during pauses. */
function clock() {
  let now = 0;
  const pauses: number[] = [];
  return {
    pauses,
    now: () => now,
    pause: async (ms: number) => {
      pauses.push(ms);
      now += ms;
    },
  };
}

describe('the order of checks', () => {
  test('each runs after the checks it needs, and is reported in the listed order', async () => {
    const checks = [plain('c', passed, ['b']), plain('b', passed, ['a']), plain('a', passed)];
    expect(inOrder(checks).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect((await runChecks(checks, subject())).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });

  test('checks that depend on each other are a fault of the author', () => {
    expect(() => inOrder([plain('a', passed, ['b']), plain('b', passed, ['a'])])).toThrow('depend on each other');
  });
});

describe('the outcome of a check', () => {
  test('a check is blocked if one that it needs did not pass, and so are the checks that need it', async () => {
    const results = await runChecks(
      [plain('a', failed), plain('b', passed, ['a']), plain('c', passed, ['b']), plain('d', passed)],
      subject(),
    );
    expect(results.map(({ status }) => status)).toEqual(['failed', 'blocked', 'blocked', 'passed']);
    expect(results[2]).toMatchObject({ by: 'b' });
  });

  test("a blocked check points at the room's API if the one that it needs has no place", async () => {
    const place = { file: 'labs/01-x/stack.ts', line: 3 };
    const located = { ...subject(), room: { api: 'Room' }, locate: () => place } as unknown as Subject;
    const results = await runChecks([plain('a', failed), plain('b', passed, ['a'])], located);
    expect(results).toMatchObject([{ place: undefined }, { place }]);
  });

  test('an observation that rejects makes the check broken, with what to do next, and never failed', async () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:4566'), { code: 'ECONNREFUSED' });
    const [result] = await runChecks([plain('a', refused)], subject());
    expect(result).toMatchObject({ status: 'broken', reason: expect.stringContaining("can't be reached") });
    expect(result).toHaveProperty('next', expect.stringContaining('lab sandbox status'));
  });

  test('a check that decides nothing is broken too, and is not repeated', async () => {
    const inconclusive: Judgement = { outcome: 'inconclusive', reason: 'it cannot be told', next: 'ask' };
    const [result] = await runChecks([plain('a', inconclusive)], subject(60_000));
    expect(result).toMatchObject({ status: 'broken', reason: 'it cannot be told', next: 'ask' });
  });

  test('an observation that never ends makes the check broken', async () => {
    const endless = { ...plain('a', passed), observe: () => new Promise<never>(() => {}) };
    const [result] = await runChecks([endless], subject(), { longest: 10 });
    expect(result?.status).toBe('broken');
  });

  test('pending says until when', async () => {
    const until = new Date('2026-11-23T12:00:00Z');
    const [result] = await runChecks([plain('a', { outcome: 'pending', until, reason: 'a token expires' })], subject());
    expect(result).toMatchObject({ status: 'pending', until: '2026-11-23T12:00:00.000Z', reason: 'a token expires' });
  });
});

describe('looking again', () => {
  test('on the practice account, a failure is final at once', async () => {
    const { pauses, ...time } = clock();
    await runChecks([plain('a', [failed, passed])], subject(0), time);
    expect(pauses).toEqual([]);
  });

  test('if changes spread slowly, it looks until the check passes', async () => {
    const { pauses, ...time } = clock();
    const [result] = await runChecks([plain('a', [failed, failed, passed])], subject(60_000), time);
    expect(result?.status).toBe('passed');
    expect(pauses).toHaveLength(2);
  });

  test('something that is not found may be new: it looks until changes have spread, and no longer', async () => {
    const gone = Object.assign(new Error('Invalid stage identifier specified'), { name: 'NotFoundException' });
    const [soon] = await runChecks([plain('a', [gone, gone, passed])], subject(60_000), clock());
    expect(soon?.status).toBe('passed');
    const time = clock();
    const [never] = await runChecks([plain('a', gone)], subject(5_000), time);
    expect(never).toMatchObject({ status: 'broken', notFound: true });
    expect(time.now()).toBe(5_000);
    const { pauses, ...still } = clock();
    expect(await runChecks([plain('a', gone)], subject(0), still)).toMatchObject([{ status: 'broken' }]);
    expect(pauses).toEqual([]);
  });

  test('but no longer than the target says', async () => {
    const time = clock();
    const [result] = await runChecks([plain('a', failed)], subject(5_000), time);
    expect(result?.status).toBe('failed');
    expect(time.now()).toBe(5_000);
  });

  test('all checks together wait no longer than changes take to spread', async () => {
    const time = clock();
    const checks = [plain('a', failed), plain('b', [failed, failed, passed]), plain('c', failed)];
    const results = await runChecks(checks, subject(10_000), time);
    expect(results.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed']);
    expect(time.now()).toBe(10_000);
  });

  test('a failed check stays failed if the checker cannot look again', async () => {
    const { pauses, ...time } = clock();
    const refused = Object.assign(new Error('Access denied'), { name: 'AccessDenied' });
    const undecided: Judgement = { outcome: 'inconclusive', reason: 'it cannot be told', next: 'ask' };
    for (const then of [refused, undecided]) {
      const [result] = await runChecks([plain('a', [failed, then])], subject(60_000), time);
      expect(result).toMatchObject({ status: 'failed', actual: 'it is not' });
    }
    expect(pauses).toHaveLength(2);
  });

  test('the last look starts after changes have spread', async () => {
    const time = clock();
    // The first look sees the old state, and takes longer than the change needs to spread.
    const slow = { ...plain('a', [failed, passed]) };
    const { observe } = slow;
    let looks = 0;
    slow.observe = async (of) => {
      looks += 1;
      await time.pause(looks === 1 ? 10_000 : 0);
      return observe(of);
    };
    const [result] = await runChecks([slow], subject(5_000), time);
    expect(result?.status).toBe('passed');
  });

  test('if a check fails, those that it needs must still pass after changes have spread', async () => {
    const early = plain('early', [passed, failed]);
    const checks = [
      early,
      plain('between', passed, ['early']),
      plain('late', failed, ['between']),
      plain('other', passed),
    ];
    const results = await runChecks(checks, subject(5_000), clock());
    expect(results.map(({ status }) => status)).toEqual(['failed', 'blocked', 'blocked', 'passed']);
  });

  test('they stay passed if the checker cannot look again, and are not looked at again on the practice account', async () => {
    const refused = Object.assign(new Error('Access denied'), { name: 'AccessDenied' });
    for (const [then, spread] of [
      [refused, 5_000],
      [failed, 0],
    ] as const) {
      const checks = [plain('early', [passed, then]), plain('late', failed, ['early'])];
      const results = await runChecks(checks, subject(spread), clock());
      expect(results.map(({ status }) => status)).toEqual(['passed', 'failed']);
    }
  });

  test('a throttled checker looks again, and the check is broken if it is throttled to the end', async () => {
    const throttled = Object.assign(new Error('Rate exceeded'), { name: 'Throttling' });
    const [result] = await runChecks([plain('a', [throttled, passed])], subject(60_000), clock());
    expect(result?.status).toBe('passed');
    const [ended] = await runChecks([plain('a', throttled)], subject(60_000), clock());
    expect(ended?.status).toBe('broken');
    const [late] = await runChecks([plain('a', [throttled, throttled, passed])], subject(1_000), clock());
    expect(late?.status).toBe('passed');
    const [last] = await runChecks([plain('a', [failed, throttled, failed, passed])], subject(60_000), clock());
    expect(last?.status).toBe('passed');
    const { pauses, ...calm } = clock();
    expect((await runChecks([plain('a', [throttled, passed])], subject(0), calm))[0]?.status).toBe('broken');
    expect(pauses).toEqual([]);
  });

  test('looks again for items missing from a list that may be out of date', async () => {
    const missing: Judgement = { ...failed, settled: true };
    const [result] = await runChecks([plain('a', [missing, passed])], subject(60_000), clock());
    expect(result?.status).toBe('passed');
  });

  test('looks for missing items no longer than lists lag behind', async () => {
    const time = clock();
    await runChecks([plain('a', { ...failed, settled: true })], subject(60_000), time);
    expect(time.now()).toBeGreaterThan(10_000);
    expect(time.now()).toBeLessThan(20_000);
  });

  test('trusts the absence of something only once lists show every change', async () => {
    const nothingElse: Judgement = { ...passed, byAbsence: true };
    const time = clock();
    const [late] = await runChecks([plain('a', [nothingElse, failed])], subject(60_000), time);
    expect(late?.status).toBe('failed');
    const [settled] = await runChecks([plain('a', nothingElse)], subject(60_000), time);
    expect(settled?.status).toBe('passed');
    const { pauses, ...calm } = clock();
    await runChecks([plain('a', nothingElse)], subject(0), calm);
    expect(pauses).toEqual([]);
  });

  test('an interruption ends it', async () => {
    const interruption = new AbortController();
    const pause = async () => interruption.abort(new Error('interrupted'));
    const run = runChecks([plain('a', failed), plain('b', passed)], subject(60_000, interruption.signal), { pause });
    await expect(run).rejects.toThrow('interrupted');
  });
});

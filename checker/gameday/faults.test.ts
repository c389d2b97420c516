import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workshopRoot } from '../workshop/root.ts';
import { checks } from './checks.ts';
import { faults } from './faults.ts';
import { notOurs } from './not-ours.ts';
import { canBeDrawnTogether } from './pairs.ts';
import { pathOfPatch, planted, roomFiles } from './planted.ts';
import { repairOf } from './repairs.ts';
import { gameDayVariants, setsOfPairs } from './variants.ts';

const root = workshopRoot();

test('every folder of a fault is in the registry, and has a patch', async () => {
  const folders = await readdir(join(root, 'checker', 'gameday', 'faults'));
  expect(folders.sort()).toEqual(Object.keys(faults).sort());
  expect(folders.filter((name) => !existsSync(join(root, pathOfPatch(name))))).toEqual([]);
  expect(folders.length).toBeGreaterThanOrEqual(12);
});

test.each(Object.entries(faults))(
  '%s changes the last solution, and is identified by checks of the room',
  async (name, fault) => {
    const [room, faulty] = await Promise.all([roomFiles(root), planted(root, [name])]);
    expect([...faulty].filter(([path, text]) => room.get(path) !== text)).not.toEqual([]);
    const known = checks.map(({ id }) => id);
    expect(fault.solvedBy.length).toBeGreaterThan(0);
    expect([...fault.solvedBy, ...fault.alsoFails].filter((id) => !known.includes(id))).toEqual([]);
    expect((fault.masks ?? []).filter((other) => faults[other] === undefined)).toEqual([]);
  },
);

test('each pair that can be drawn applies together, and is in a set of the proof', async () => {
  const all = Object.entries(faults);
  const sets = setsOfPairs().map((set) => set.map(([name]) => name));
  const missing: string[] = [];
  for (const [index, one] of all.entries())
    for (const other of all.slice(index + 1)) {
      if (!canBeDrawnTogether(one, other, checks)) continue;
      // Rejects if one does not fit beside the other.
      await planted(root, [one[0], other[0]]);
      if (!sets.some((set) => set.includes(one[0]) && set.includes(other[0]))) missing.push(`${one[0]}+${other[0]}`);
    }
  expect(missing).toEqual([]);
  for (const set of sets)
    for (const one of set)
      for (const other of set)
        if (one !== other) expect(canBeDrawnTogether(entry(one), entry(other), checks)).toBe(true);
  const variants = (await gameDayVariants(root)).filter(({ name }) => /^(?:solution$|alone\/|together\/)/.test(name));
  expect(variants).toHaveLength(1 + all.length + sets.length);
});

test.each([...Object.entries(faults), ...Object.entries(notOurs)])(
  '%s has a complaint in the words of people who use the room',
  (_, { complaint, from, look, cause }) => {
    const insiders =
      /lambda|dynamo|gateway|\bIAM\b|cognito|\bstack\b|\broute|authorizer|token|websocket|stage|handshake/i;
    expect(complaint).not.toMatch(insiders);
    for (const text of [complaint, from, look, cause]) expect(text).not.toBe('');
  },
);

test('the repair of one fault leaves the others, and is found at its line', async () => {
  const { place, patch } = await repairOf(root, 'missing-route', ['missing-route', 'open-floodgates']);
  expect(place?.file).toBe('gameday/labs/gameday/stack.ts');
  const lines = (await planted(root, ['missing-route', 'open-floodgates'])).get('stack.ts')?.split('\n') ?? [];
  expect(lines[(place?.line ?? 0) - 1]).toMatch(/^\/\/ A page asks for what was said before/);
  expect(patch).toContain("+api.addRoute('sendmessage', {");
  expect(patch.join('\n')).not.toContain('throttle: {');
});

function entry(name: string) {
  const fault = faults[name];
  if (fault === undefined) throw new Error(name);
  return [name, fault] as const;
}

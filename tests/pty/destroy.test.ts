import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { layOutWorkshop, type Workshop } from '../cli/workshop.ts';
import { openTerminal, type Terminal, whyNoTerminal } from './terminal.ts';

const impossible = await whyNoTerminal();
if (impossible !== undefined) console.warn(`The question of lab destroy is not tried: ${impossible}`);

describe.skipIf(impossible !== undefined)('lab destroy in a terminal', { timeout: 120_000 }, () => {
  let workshop: Workshop;
  let terminal: Terminal | undefined;
  beforeEach(async () => {
    workshop = await layOutWorkshop();
  }, 60_000);
  afterEach(async () => {
    terminal?.kill();
    await workshop.lab('sandbox', 'stop');
    await workshop.remove();
  }, 60_000);

  it.each([
    ['n', 'Nothing was deleted.'],
    ['\r', 'Nothing was deleted.'],
    ['y', '01-missing-route is not deployed in'],
  ])('deletes only if the answer is y: %j', async (key, outcome) => {
    const { root, environment } = workshop;
    const args = [join(root, 'checker', 'launch', 'lab.mjs'), 'destroy', '01'];
    terminal = await openTerminal({ args, folder: root, environment, columns: 80 });
    await terminal.saw('Press y to delete, any other key to cancel.');
    terminal.press(key);
    expect(await terminal.saw(outcome)).toContain(outcome);
  });
});

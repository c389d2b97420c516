import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { layOutWorkshop, type Workshop } from '../cli/workshop.ts';
import { openTerminal, type Terminal, whyNoTerminal } from './terminal.ts';

const impossible = await whyNoTerminal();
if (impossible !== undefined) console.warn(`The question before deleting is not tried: ${impossible}`);

describe.skipIf(impossible !== undefined)('a command that deletes, in a terminal', { timeout: 120_000 }, () => {
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
    ['destroy 01', 'n', 'Nothing was deleted.'],
    ['destroy 01', '\r', 'Nothing was deleted.'],
    ['destroy 01', '\u0004', 'Nothing was deleted.'],
    ['destroy 01', 'y', '01-missing-route is not deployed in'],
    ['sandbox reset', 'n', 'Nothing was deleted.'],
    ['sandbox reset', 'y', 'Practice account reset.'],
  ])('%s deletes only if the answer is y: %j', async (command, key, outcome) => {
    const { root, environment } = workshop;
    const args = [join(root, 'checker', 'launch', 'lab.mjs'), ...command.split(' ')];
    terminal = await openTerminal({ args, folder: root, environment, columns: 80 });
    await terminal.saw('Press y to delete, any other key to cancel.');
    terminal.press(key);
    expect(await terminal.saw(outcome)).toContain(outcome);
  });
});

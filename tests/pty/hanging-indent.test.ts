import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { widthOf } from '../../checker/report/width.ts';
import { layOutWorkshop, type Workshop } from '../cli/workshop.ts';
import { openTerminal, whyNoTerminal } from './terminal.ts';

const impossible = await whyNoTerminal();
if (impossible !== undefined) console.warn(`Long ARNs on a terminal are not tried: ${impossible}`);

describe.skipIf(impossible !== undefined)(
  'a report with ARNs that are longer than a line',
  { timeout: 120_000 },
  () => {
    let workshop: Workshop;

    beforeAll(async () => {
      workshop = await layOutWorkshop();
      expect(await workshop.lab('deploy', '02')).toMatchObject({ code: 0 });
    }, 120_000);
    afterAll(() => workshop?.remove());

    /** The lines of `lab check 02` on a terminal. */
    async function report(columns: number): Promise<string[]> {
      const { root, environment } = workshop;
      const args = [join(root, 'checker', 'launch', 'lab.mjs'), 'check', '02'];
      const terminal = await openTerminal({ args, folder: root, environment, columns });
      expect(await terminal.exitCode).toBe(1);
      return terminal.lines();
    }

    it.each([80, 60])('keeps their indent on %d columns, and breaks only addresses', async (columns) => {
      const lines = await report(columns);
      const tooWide = lines.filter((line) => widthOf(line) > columns);
      expect(tooWide.filter((line) => !/^\s*(https?|wss?):\/\//.test(line))).toEqual([]);
      const at = lines.findIndex((line) => /^ +arn:aws:sts::/.test(line));
      const indent = /^ +/.exec(lines[at] ?? '')?.[0];
      expect(lines[at + 1]).toMatch(new RegExp(`^${indent}chat-02-lambda-permission`));
    });

    it('leaves them whole for programs', async () => {
      const { stdout } = await workshop.lab('check', '02');
      expect(stdout).toMatch(/arn:aws:sts::\d+:assumed-role\/chat-02-[\w-]+\/chat-02-[\w-]+/);
    });
  },
);

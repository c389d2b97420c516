import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resultOf, testLab } from './learned-lab.ts';

// Functions that throw, in lab 5's solution: the verdict points at the learner's line, not at one of the bundle.

const room = await testLab('05');
const workshop = await room.layOut('solution');

const sender = 'labs/05-spoofed-sender/functions/send-message.ts';
const broken = { check: 'sender-is-genuine', at: 'Object.<anonymous> (' };
const shut = { check: 'stranger-is-refused', at: 'handler (' };

test.each([
  { ...broken, file: sender, before: 'const LANES', line: 'const rooms = process.env.ROOMS as string; rooms.trim();' },
  { ...shut, file: 'app/functions/authorizer.ts', before: '  const ', line: "  JSON.parse('{');" },
])(
  '$file points at $line',
  async ({ check, at, file, before, line }) => {
    const path = join(workshop, file);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(before, `${line}\n${before}`));
    try {
      await room.deploy(workshop);
      const thrown = text.split(before)[0]?.split('\n').length;
      const result = resultOf(await room.check(workshop), check);
      expect(result).toMatchObject({ status: 'failed', place: { file, line: thrown } });
      const log = 'evidence' in result ? result.evidence.find(({ source }) => source === 'log') : undefined;
      expect(log?.lines.join('\n')).toMatch(`at ${at}${file}:${thrown}:`);
    } finally {
      await writeFile(path, text);
    }
  },
  120_000,
);

test('stays in the bundle if the functions are bundled in another way', async () => {
  const path = join(room.folderOf(workshop), 'stack.ts');
  const [stack, handler] = [await readFile(path, 'utf8'), await readFile(join(workshop, sender), 'utf8')];
  await writeFile(join(workshop, sender), handler.replace('const LANES', "JSON.parse('{');\nconst LANES"));
  await writeFile(path, stack.replace('bundling: {', 'bundling: { minify: true,'));
  await room.deploy(workshop);
  const result = resultOf(await room.check(workshop), 'sender-is-genuine');
  expect(result).toMatchObject({ status: 'failed', place: { file: sender } });
  const log = 'evidence' in result ? result.evidence.find(({ source }) => source === 'log') : undefined;
  expect(log?.lines.join('\n')).toMatch(/at Object\.<anonymous> \(the deployed bundle, line \d+\)/);
}, 120_000);

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { workshopRoot } from '../workshop/root.ts';
import { explainSynthesis } from './explain.ts';

/** Without the types of all packages, whose loading would take most of the time. */
const compiler = JSON.stringify({ compilerOptions: { types: [], lib: ['ES2022'], skipLibCheck: true } });

let root: string;
let labFolder: string;

beforeAll(async () => {
  // Inside the checkout, so the compiler can be found.
  await mkdir(join(workshopRoot(), '.lab'), { recursive: true });
  root = await mkdtemp(join(workshopRoot(), '.lab', 'explain-'));
  labFolder = join(root, 'labs', '01-x');
  await mkdir(labFolder, { recursive: true });
  await writeFile(join(root, 'tsconfig.json'), compiler);
  await writeFile(join(root, 'package.json'), '{}');
  await writeFile(join(labFolder, 'stack.ts'), '');
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function explained(output: string, code = 1): Promise<string> {
  const signal = new AbortController().signal;
  return (await explainSynthesis({ root, labFolder, output, code }, signal)).message;
}

const banner =
  'node:internal/process/promises:391\n    triggerUncaughtException(err, true /* fromPromise */);\n    ^\n';
const bundling = 'Bundling asset chat-01-x/Connect/Code/Stage...\n';

test("the CDK's own message is shown, with the learner's line", async () => {
  const frames = `    ...new NodejsFunction in aws-cdk-lib...\n    at roomFunction (${labFolder}/stack.ts:63:10)\nRelates to construct:\n    <.> (App)\n`;
  const message = await explained(
    `${bundling}${banner}\n«CannotFindEntryFile» Cannot find entry file at /x/conect.ts\n${frames}\nNode.js v20.20.2\n`,
  );
  expect(message.split('\n').slice(1)).toEqual([
    '  «CannotFindEntryFile» Cannot find entry file at /x/conect.ts',
    '  at labs/01-x/stack.ts:63',
  ]);
});

test.each([
  ['as tsx writes it', (file: string) => `at <anonymous> (${file}:7:9)`],
  ['by itself', (file: string) => `at ${file}:7:9`],
  ['as an address', (file: string) => `at async ${pathToFileURL(file).href}:7:9`],
])('the line is found in a folder with blanks, %s', async (_, frame) => {
  const workshop = join(root, 'my wörkshop (2)');
  const folder = join(workshop, 'labs', '01-x');
  await mkdir(folder, { recursive: true });
  for (const [name, text] of [
    ['tsconfig.json', compiler],
    ['package.json', '{}'],
    ['labs/01-x/stack.ts', ''],
  ] as const)
    await writeFile(join(workshop, name), text);
  const output = `${banner}Error: boom\n    at Node (node:internal/x.ts:1:2)\n    ${frame(join(folder, 'stack.ts'))}\n`;
  const signal = new AbortController().signal;
  const { message } = await explainSynthesis({ root: workshop, labFolder: folder, output, code: 1 }, signal);
  expect(message).toMatch(/Error: boom\n {2}at labs\/01-x\/stack\.ts:7$/);
});

test.each([
  ['01-x', '`npx lab reset 01` restores it.'],
  ['gameday', 'Press Ctrl-C and run `npx lab gameday`, which restores it.'],
])('the next step after stack.ts of %s was deleted restores it', async (lab, next) => {
  const folder = join(root, 'deleted', 'labs', lab);
  const failed = { root, labFolder: folder, isWatched: true, output: '', code: 1 };
  expect((await explainSynthesis(failed, new AbortController().signal)).next).toBe(next);
});

test('a program that simply exits is reported with its exit code and last output', async () => {
  expect(await explained(bundling, 3)).toBe('stack.ts ended (exit code 3) before app.synth() wrote the stack.');
  const esbuild = '\n  ...cdk.out/bundling-temp-8f92-building/index.mjs  205b \n\n⚡ Done in 3ms\n';
  expect(await explained(`${bundling}${esbuild}`, 3)).not.toContain('last words');
  expect(await explained(`${bundling}good bye\n${esbuild}`, 3)).toMatch(
    /wrote the stack\.\nIts last output:\n {2}good bye$/,
  );
});

test('an unreadable file does not compile', async () => {
  const message = await explained(
    `${banner}Error [TransformError]: Transform failed with 1 error:\n${labFolder}/stack.ts:76:6: ERROR: Expected identifier but found "="\n    at x (y:1:2)\n\nNode.js v20.20.2\n`,
  );
  expect(message).toBe(
    `A file of the stack can't be read:\n  labs/01-x/stack.ts:76:6: ERROR: Expected identifier but found "="`,
  );
});

test("a function's bundling error is shown as the compiler's are, without what Node.js and the CDK add", async () => {
  const dump =
    '«FailedToBundleAsset» Failed to bundle asset\n    at roomFunction (/x/stack.ts:63:10)\n\nNode.js v20.20.2\n';
  const first = `✘ [ERROR] Expected identifier but found "="\n\n    app/functions/send-message.ts:84:6:\n      84 │ const = 5;\n         ╵       ^\n\n`;
  const second =
    '✘ [ERROR] Could not resolve "./rom.ts"\n\n    app/functions/connect.ts:3:22:\n      3 │ import { a } from "./rom.ts";\n        ╵                   ~~~~~~~~~~\n\n';
  const elsewhere = '✘ [ERROR] No matching export\n\n';
  expect(await explained(`${bundling}${first}${second}${elsewhere}${banner}\n${dump}`)).toBe(
    [
      "One of the room's functions couldn't be bundled:",
      '  app/functions/send-message.ts:84:7 Expected identifier but found "="',
      '    const = 5;',
      '  app/functions/connect.ts:3:23 Could not resolve "./rom.ts"',
      '    import { a } from "./rom.ts";',
      '  No matching export',
    ].join('\n'),
  );
});

test.each([
  [
    'the line of an unexpected end is left out',
    'Unexpected end of file\n\n    f.ts:4:0:\n      4 │ \n        ╵ ^\n',
    ['  f.ts:4:1 Unexpected end of file'],
  ],
  [
    'columns count characters',
    'Unexpected ";"\n\n    f.ts:1:35:\n      1 │ export const s = "ééééé", x = ;\n        ╵                               ^\n',
    ['  f.ts:1:31 Unexpected ";"', '    export const s = "ééééé", x = ;'],
  ],
  [
    'a long line is printed in part',
    'Unexpected ";"\n\n    f.ts:1:112:\n      1 │ ...and a long text that goes on and on", second = "and another one", x = ;\n        ╵  ^\n',
    ['  f.ts:1:113 Unexpected ";"', '    ...and a long text that goes on and on", second = "and another one", x = ;'],
  ],
  [
    'a note says where, too',
    '"await" can only be used inside an "async" function\n\n    f.ts:1:31:\n      1 │ export const f = () => { await g(); };\n        ╵                                ~~~~~\n\n  Consider adding the "async" keyword here:\n\n    f.ts:1:17:\n      1 │ export const f = () => { await g(); };\n        │                  ^\n        ╵                  async\n',
    [
      '  f.ts:1:32 "await" can only be used inside an "async" function',
      '    export const f = () => { await g(); };',
      '    f.ts:1:18 Consider adding the "async" keyword here',
    ],
  ],
])('of a bundling error, %s', async (_what, printed, lines) => {
  const message = await explained(`✘ [ERROR] ${printed}\n`);
  expect(message.split('\n').slice(1)).toEqual(lines);
});

test.each([
  ['an error that it throws', `${banner}Error: boom\n    at Node (node:internal/x.ts:1:2)\n`],
  ['an early end', ''],
])('after %s, the next step is to repair it and deploy or save', async (_, output) => {
  const next = async (isWatched: boolean) =>
    (await explainSynthesis({ root, labFolder, isWatched, output, code: 1 }, new AbortController().signal)).next;
  const all = '`npx cdk synth` in labs/01-x shows the complete output.';
  expect(await next(true)).toBe(`Repair it and save. ${all}`);
  expect(await next(false)).toBe(`Repair it and deploy again. ${all}`);
});

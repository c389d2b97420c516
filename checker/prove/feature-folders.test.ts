import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createPatch } from 'diff';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { missingRoute } from '../labs/01-missing-route/lab.ts';
import { locateHandler } from '../observe/locate-handler.ts';
import { faultFile, labFiles } from '../workshop/lab-files.ts';
import { workshopRoot } from '../workshop/root.ts';
import { fingerprint } from '../workshop/sources.ts';
import { layOut } from './lay-out.ts';
import { variantsOf } from './variants.ts';
import { orphansOf } from './whole.ts';

// A feature that a later lab introduces has its own folder in app/functions, and a lab can break one of its handlers.

const { id } = missingRoute;
const feature = 'channels/send-message.ts';
const text = "import { done } from '../answer.ts';\n\nexport const handler = async () => done;\n";
let root: string;
const labFolder = () => join(root, 'labs', id);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'websocket-lab-feature-'));
  for (const tree of ['app', 'tsconfig.json', `labs/${id}`, `solutions/${id}`])
    await cp(join(workshopRoot(), tree), join(root, tree), { recursive: true });
  await write(`app/functions/${feature}`, text);
  const [own, room] = [`functions/${feature}`, `app/functions/${feature}`];
  await write(`solutions/${id}/${own}`, text);
  await write(`solutions/${id}/fault.patch`, patchOf(own));
  await write(`checker/labs/${id}/shortcuts/on-solution/two-people-talk--in-a-feature.patch`, patchOf(room));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

function patchOf(path: string): string {
  const patch = createPatch(path, text, text.replace('=> done', '=> undefined'));
  return patch.split('\n').slice(2).join('\n');
}

test('a proof writes the handlers of a feature, and patches apply to them', async () => {
  const variants = await variantsOf(root, missingRoute);
  const named = (name: string) => variants.find((each) => each.name === name);
  const shortcut = named('shortcuts/two-people-talk--in-a-feature');
  expect(shortcut?.files.get(`app/functions/${feature}`)).toContain('=> undefined');
  const solution = named('solution');
  if (solution === undefined) throw new Error('no solution');
  const folder = await layOut(root, id, solution);
  expect(await readFile(join(folder, 'app', 'functions', feature), 'utf8')).toBe(text);
  expect(await readFile(join(folder, 'labs', id, 'functions', feature), 'utf8')).toBe(text);
  expect(existsSync(join(folder, 'app', 'functions', 'room.ts'))).toBe(true);
});

test('two variants of one name are refused', async () => {
  const copy = `checker/labs/${id}/shortcuts/on-solution/more/two-people-talk--in-a-feature.patch`;
  await write(copy, patchOf(`app/functions/${feature}`));
  await expect(variantsOf(root, missingRoute)).rejects.toThrow('two changes named two-people-talk--in-a-feature');
  await rm(join(root, copy));
});

test("a fault can be in a lab's own handler of a feature", async () => {
  expect(await faultFile(root, id)).toBe(`functions/${feature}`);
  expect((await labFiles(root, id, 'start')).get(`functions/${feature}`)).toContain('=> undefined');
});

test('a check points at a line in a handler of a feature', () => {
  const place = locateHandler({ root, labFolder: labFolder() }, { handler: feature, near: ['=> done'] });
  expect(place).toMatchObject({ file: `app/functions/${feature}`, line: 3 });
});

test('saving a handler of a feature changes the fingerprint', async () => {
  const before = fingerprint(labFolder());
  await write(`app/functions/${feature}`, `${text}// saved\n`);
  expect(fingerprint(labFolder())).not.toBe(before);
  await write(`app/functions/${feature}`, text);
  expect(fingerprint(labFolder())).toBe(before);
});

test("a feature's handler that no stack names is a leftover", async () => {
  const left = `app/functions/${feature} isn't deployed by any lab.`;
  expect(await orphansOf(root, [missingRoute])).toContain(left);
  const stack = join(root, 'solutions', id, 'stack.ts');
  const shipped = await readFile(stack, 'utf8');
  await writeFile(stack, shipped.replace("'send-message.ts'", `'${feature}'`));
  const orphans = await orphansOf(root, [missingRoute]);
  expect(orphans).not.toContain(left);
  expect(orphans).toContain("app/functions/send-message.ts isn't deployed by any lab.");
  expect(orphans).not.toContain("app/functions/answer.ts isn't deployed by any lab.");
  await writeFile(stack, shipped);
});

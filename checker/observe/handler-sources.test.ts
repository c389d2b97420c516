import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { handlerSources } from './handler-sources.ts';

test("the lab's own handlers come first, then those of app/functions, then its other files, without tests", async () => {
  const root = await mkdtemp(join(tmpdir(), 'handler-sources-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const labFolder = join(root, 'labs', '05-spoofed-sender');
  const files = {
    [join(labFolder, 'functions', 'send-message.ts')]: 'own',
    [join(labFolder, 'functions', 'names', 'of.mjs')]: 'below',
    [join(labFolder, 'stack.ts')]: 'stack',
    [join(labFolder, 'lib', 'names.ts')]: 'library',
    [join(labFolder, 'cdk.out', 'asset.1', 'index.mjs')]: 'bundle',
    [join(root, 'app', 'functions', 'connect.ts')]: 'shared',
    [join(root, 'app', 'functions', 'connect.test.ts')]: 'test',
    [join(root, 'app', 'functions', 'notes.md')]: 'notes',
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, text);
  }
  expect(handlerSources({ labFolder })).toEqual(['below', 'own', 'shared', 'library', 'stack']);
});

test('a lab without handlers has no sources', () => {
  expect(handlerSources({ labFolder: join(tmpdir(), 'no-such-lab', 'labs', 'x') })).toEqual([]);
});

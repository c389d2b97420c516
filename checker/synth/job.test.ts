import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { prepareJob } from './job.ts';
import { validates } from './validation.ts';

test.each([
  ['is left out', undefined, 'false'],
  ['is left out if cdk.json turns it off', false, 'false'],
  ['is done if cdk.json asks for it', true, undefined],
])("the CDK's own validation, which only prints, %s", async (_, asked, expected) => {
  const folder = await mkdtemp(join(tmpdir(), 'job-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'cdk.json'), JSON.stringify({ context: { [validates]: asked } }));
  const { environment } = await prepareJob({ folder, assembly: join(folder, 'out'), environment: {} });
  expect(environment.CDK_VALIDATION).toBe(expected);
  expect(environment).toHaveProperty('CDK_VALIDATION');
});

import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layOutWorkshop, type Workshop } from './workshop.ts';

let workshop: Workshop;

beforeAll(async () => {
  workshop = await layOutWorkshop();
});
afterAll(() => workshop.remove());

describe('unforeseen trouble', () => {
  /** Runs a program of the workshop after some JavaScript. */
  function run(before: string, ...args: string[]): Promise<{ code: unknown; stderr: string }> {
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        ['--import', `data:text/javascript,${encodeURIComponent(before)}`, ...args],
        { cwd: workshop.root },
        (error, _stdout, stderr) => resolve({ code: error?.code ?? 0, stderr }),
      );
    });
  }

  it.each(['throw new Error("unforeseen")', 'Promise.reject(new Error("unforeseen"))'])(
    'is reported and is not a verdict: %s',
    async (fault) => {
      // As soon as the command line is available.
      const before = `setInterval(() => { if (process.listenerCount('SIGINT') > 0) ${fault} }, 1)`;
      const { code, stderr } = await run(before, 'checker/launch/lab.mjs', 'list');
      expect(stderr).toContain('Error: unforeseen');
      expect(code).toBe(3);
    },
  );

  it('may be a wait that never ends, which ends with a message', async () => {
    const before = `import fs from 'node:fs/promises';
      import { syncBuiltinESMExports } from 'node:module';
      const { readFile } = fs;
      fs.readFile = (path, ...more) => String(path).includes('.lab') ? new Promise(() => {}) : readFile(path, ...more);
      syncBuiltinESMExports();`;
    const { code, stderr } = await run(before, 'checker/launch/lab.mjs', 'sandbox', 'status');
    expect(stderr).toContain('The command stopped without a result');
    expect(code).toBe(3);
  });

  it('may be a name with control characters, which are escaped', async () => {
    const { code, stderr } = await run('', 'checker/launch/lab.mjs', 'check', '\u001b[2J\u001b]0;title\u0007\u009b1m');
    expect(stderr).toContain('\\u001b[2J\\u001b]0;title\\u0007\\u009b1m');
    expect(stderr).not.toMatch(/[^\P{Cc}\n]/u);
    expect(code).toBe(2);
  });

  const as = (version: string): string =>
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;

  it.each([
    ['checker/launch/lab.mjs', '18.19.0'],
    ['checker/launch/lab.mjs', '20.18.3'],
    ['checker/launch/lab.mjs', '21.7.3'],
    ['checker/launch/lab.mjs', '22.11.0'],
    ['checker/launch/prepare.mjs', '18.19.0'],
  ])('may be an unsuitable Node.js, which %s reports: %s', async (program, version) => {
    const { code, stderr } = await run(as(version), program);
    expect(stderr).toContain('needs Node.js 20 (20.19 or later), or 22.12 or later');
    expect(code).toBe(3);
  });

  it.each(['20.19.0', '22.12.0', '24.0.0'])('may be Node.js %s', async (version) => {
    expect(await run(as(version), 'checker/launch/lab.mjs', 'list')).toMatchObject({ code: 0 });
  });
});

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FORWARDED, forwardedOrigin } from '../checker/page/forwarded.ts';

// The files that editors read: VS Code's tasks and the dev container.

const root = join(import.meta.dirname, '..');
const read = async (path: string) => JSON.parse(await readFile(join(root, path), 'utf8'));

interface Pattern {
  readonly regexp: string;
  readonly message?: number;
  readonly file?: number;
  readonly line?: number;
}

interface Problem {
  message: string;
  file?: string;
  line?: number;
}

/** Returns what VS Code finds with a pattern of several lines: they must follow each other, and their messages are joined. */
function problemsIn(lines: readonly string[], patterns: readonly Pattern[]): Problem[] {
  return lines.flatMap((_, start) => {
    const problem: Problem = { message: '' };
    for (const [offset, { regexp, message, file, line }] of patterns.entries()) {
      const match = new RegExp(regexp).exec(lines[start + offset] ?? '');
      if (match === null) return [];
      if (message !== undefined) problem.message += ` ${match[message]}`;
      if (file !== undefined) problem.file = match[file];
      if (line !== undefined) problem.line = Number(match[line]);
    }
    return [problem];
  });
}

test('the problem matchers find what a failed check saw, and the line to look at, once', async () => {
  const { tasks } = await read('.vscode/tasks.json');
  const matchers: ReadonlyArray<{ pattern: readonly Pattern[] }> = tasks[0].problemMatcher;
  const folder = join(root, 'tests/golden/pages');
  let reports = 0;
  for (const name of (await readdir(folder)).filter((one) => /^\d\d-.*\.80\.txt$/.test(one))) {
    const lines = (await readFile(join(folder, name), 'utf8')).split('\n');
    const places = lines.flatMap((line, index) => {
      const [, file, at] = /^ {2}look at +(\S+):(\d+)$/.exec(line) ?? [];
      const label = lines.slice(0, index).findLast((before) => !before.startsWith('            '));
      return file !== undefined && label?.startsWith('  seen ') ? [{ file, line: Number(at) }] : [];
    });
    const problems = matchers.flatMap(({ pattern }) => problemsIn(lines, pattern));
    expect(problems, name).toEqual(places.map((place) => ({ ...place, message: expect.stringMatching(/\w\.$/) })));
    reports += places.length;
  }
  expect(reports).toBeGreaterThan(10);
});

test('the dev container has the Node.js of .nvmrc and trusts the forwarded page of a codespace', async () => {
  const { image, remoteEnv, postCreateCommand } = await read('.devcontainer/devcontainer.json');
  const version = (await readFile(join(root, '.nvmrc'), 'utf8')).trim();
  expect(image).toMatch(new RegExp(`:${version}$`));
  expect(postCreateCommand).toBe('npm ci');
  const inCodespace = { CODESPACE_NAME: 'a-b-c', GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN: 'app.github.dev' };
  expect(forwardedOrigin(filledIn(remoteEnv[FORWARDED], inCodespace), 4567)).toBe('https://a-b-c-4567.app.github.dev');
  // Elsewhere it is a name that browsers cannot request: https://www.rfc-editor.org/rfc/rfc2606
  expect(forwardedOrigin(filledIn(remoteEnv[FORWARDED], {}), 4567)).toBe('https://none-4567.invalid');
});

/** Returns a setting with `${localEnv:NAME:default}` replaced. */
function filledIn(setting: string, variables: Readonly<Record<string, string>>): string {
  return setting.replaceAll(
    /\$\{localEnv:(\w+):(\w+)\}/g,
    (_, name: string, otherwise: string) => variables[name] ?? otherwise,
  );
}

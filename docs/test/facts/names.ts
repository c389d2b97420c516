import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { commandLine } from '../../../checker/command-line.ts';
import { labs } from '../../../checker/labs.ts';
import { type Page, root } from '../pages.ts';

/** What stands in a page as code: between backticks, or on a line of a block. */
interface Code {
  readonly text: string;
  readonly line: number;
  readonly inline: boolean;
}

function codeOf({ text }: Page): Code[] {
  let fence: string | undefined;
  return text.split('\n').flatMap((line, index): Code[] => {
    const mark = /^\s*(`{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      if (line.trim() === fence) fence = undefined;
      return [{ text: line, line: index + 1, inline: false }];
    }
    if (mark !== undefined) {
      fence = mark;
      return [];
    }
    return [...line.matchAll(/(?<!`)`([^`]+)`(?!`)/g)].map((found) => ({
      text: found[1] ?? '',
      line: index + 1,
      inline: true,
    }));
  });
}

/** `npx lab …` with a command, a flag or a lab that there is not. */
export function unknownCommands(page: Page): string[] {
  const program = { root, signal: new AbortController().signal, print() {}, say() {}, decorated: false, width: 80 };
  const lab = commandLine(program as never, () => {});
  return codeOf(page).flatMap(({ text, line }) =>
    [...text.matchAll(/\bnpx lab\b([^`;&|<>#()]*)/g)].flatMap(([, rest = '']) => {
      const problem = problemOf(rest.trim().split(/\s+/).filter(Boolean), lab);
      return problem === undefined ? [] : [`${page.path}:${line} npx lab${rest.trimEnd()}: ${problem}`];
    }),
  );
}

function problemOf(words: readonly string[], lab: Command): string | undefined {
  let command = lab;
  for (const word of words) {
    if (word === '…' || word === 'help') continue;
    if (word.startsWith('-')) {
      const flag = word.split('=')[0];
      const known = [...command.options, ...lab.options].some(({ short, long }) => short === flag || long === flag);
      if (!known && flag !== '--help') return `there is no ${flag}`;
      continue;
    }
    const next = command.commands.find((one) => one.name() === word);
    if (next !== undefined) command = next;
    else if (command === lab) return `there is no command ${word}`;
    else if (command.commands.length > 0) return `there is no ${command.name()} ${word}`;
    else if (/^\d\d(?:-|$)/.test(word) && !labs.some(({ id }) => id === word || id.startsWith(`${word}-`)))
      return `there is no lab ${word}`;
  }
  return undefined;
}

/** `npm run x` with a script that package.json does not have. */
export async function unknownScripts(page: Page): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  return codeOf(page).flatMap(({ text, line }) =>
    [...text.matchAll(/\bnpm run (?:--?[\w-]+ )*([\w:-]+)/g)]
      .filter(([, name = '']) => !Object.hasOwn(scripts, name))
      .map(([, name]) => `${page.path}:${line} npm run ${name}: package.json has no such script`),
  );
}

const FOLDERS = ['app', 'bench', 'checker', 'docs', 'fuzz', 'labs', 'sandbox', 'solutions', 'tests', '.github', '.ci'];

/** Paths between backticks that begin with a folder of the checkout, and are not there. `NN-name`, `<…>` and `*` stand for something. */
export function missingPaths(page: Page): string[] {
  return codeOf(page).flatMap(({ text, line, inline }) => {
    const path = text.replace(/:\d+$/, '').replace(/\/$/, '');
    const isPath = inline && FOLDERS.some((folder) => text === `${folder}/` || text.startsWith(`${folder}/`));
    if (!isPath || /[*<>{}…\s]|NN|name/.test(path)) return [];
    const there = existsSync(join(root, path)) || existsSync(join(root, dirname(page.path), path));
    return there ? [] : [`${page.path}:${line} ${text}: there is no such file`];
  });
}

/** Ids of labs, `01-missing-route`, that are none. */
export function unknownLabs(page: Page): string[] {
  return page.text
    .split('\n')
    .flatMap((text, index) =>
      [...text.matchAll(/(?<![\w./-])(\d\d-[a-z]+(?:-[a-z]+)+)\b/g)]
        .filter(([, id]) => !labs.some((lab) => lab.id === id))
        .map(([, id]) => `${page.path}:${index + 1} ${id}: there is no such lab`),
    );
}

/** Actions of IAM that no SDK has as a command: `execute-api` and a few others are permissions alone. */
const PERMISSIONS = [
  'apigateway:GET',
  'execute-api:ManageConnections',
  'execute-api:Invoke',
  'lambda:InvokeFunction',
  'iam:PassRole',
];

/** `dynamodb:PutItem` and `GetRoutes`-like names between backticks that no installed SDK client has. */
export async function unknownOperations(page: Page): Promise<string[]> {
  const operations = await sdkOperations();
  return codeOf(page)
    .filter(({ inline }) => inline)
    .flatMap(({ text, line }) => {
      const [, service, name = ''] = /^([a-z][a-z0-9-]+):([A-Z][A-Za-z]+)$/.exec(text) ?? [];
      if (service === undefined || PERMISSIONS.includes(text)) return [];
      const known = service === 'execute-api' ? false : operations.get(service)?.has(name);
      return known === true ? [] : [`${page.path}:${line} ${text}: no SDK client here has it`];
    });
}

let found: Promise<Map<string, Set<string>>> | undefined;

/** Operations by the prefix of their IAM actions, from the SDK clients that are installed. */
function sdkOperations(): Promise<Map<string, Set<string>>> {
  found ??= (async () => {
    const clients = join(root, 'node_modules', '@aws-sdk');
    const map = new Map<string, Set<string>>();
    for (const client of (await readdir(clients)).filter((name) => name.startsWith('client-'))) {
      const commands = await readdir(join(clients, client, 'dist-types', 'commands'));
      const prefix = PREFIX[client] ?? client.replace('client-', '');
      map.set(prefix, new Set(commands.map((name) => name.replace(/Command\.d\.ts$/, ''))));
    }
    return map;
  })();
  return found;
}

const PREFIX: Readonly<Record<string, string>> = {
  'client-cloudwatch-logs': 'logs',
  'client-cognito-identity-provider': 'cognito-idp',
  'client-apigatewayv2': 'apigateway',
};

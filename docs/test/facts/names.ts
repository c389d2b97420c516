import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { commandLine } from '../../../checker/command-line.ts';
import { labs } from '../../../checker/labs.ts';
import { blocksOf, type Page, proseOf, root } from '../pages.ts';

/** What stands in a page as code: between backticks, or on a line of a block. */
interface Code {
  readonly text: string;
  readonly line: number;
  readonly inline: boolean;
}

function codeOf(page: Page): Code[] {
  const blocks = blocksOf(page).flatMap(({ lines, line: fence }) =>
    lines.map((text, index) => ({ text, line: fence + 1 + index, inline: false })),
  );
  const prose = proseOf(page).flatMap((line, index) =>
    [...line.matchAll(/(?<!`)`([^`]+)`(?!`)/g)].map(([, text = '']) => ({ text, line: index + 1, inline: true })),
  );
  return [...blocks, ...prose];
}

/** `npx lab …` with a command, a flag or a lab that there is not. */
export function unknownCommands(page: Page): string[] {
  const { signal } = new AbortController();
  const lab = commandLine({ root, signal, print() {}, say() {}, isTerminal: false, takesKeys: false }, () => {});
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
      return operations.get(service)?.has(name) === true
        ? []
        : [`${page.path}:${line} ${text}: no SDK client here has it`];
    });
}

/** Operations by the prefix of their IAM actions, from the SDK clients that are installed. */
async function sdkOperations(): Promise<Map<string, Set<string>>> {
  const clients = join(root, 'node_modules', '@aws-sdk');
  const operations = new Map<string, Set<string>>();
  for (const client of (await readdir(clients)).filter((name) => name.startsWith('client-'))) {
    const commands = await readdir(join(clients, client, 'dist-types', 'commands'));
    const prefix = PREFIX[client] ?? client.replace('client-', '');
    operations.set(prefix, new Set(commands.map((name) => name.replace(/Command\.d\.ts$/, ''))));
  }
  return operations;
}

const PREFIX: Readonly<Record<string, string>> = {
  'client-cloudwatch-logs': 'logs',
  'client-cognito-identity-provider': 'cognito-idp',
  'client-apigatewayv2': 'apigateway',
};

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { commandsOf } from '../console.ts';
import { blocksOf, codeOf, type Page, root } from '../pages.ts';
import { sdkOperations } from './sdk-operations.ts';
import { sources } from './sources.ts';

/** A name; a file's goes with its ending. */
const WORD = /[\w$@-]+(?:\.(?:ts|mjs|js|json|css|html|svg|patch)\b)?/g;

/**
 * Words in code, between backticks or in a block that is not run, that nothing knows: a variable that nobody reads, an
 * option, a file, an operation, a resource type or a construct that there is not. A word is known when it stands in our
 * sources or in the name of one of our files, when an SDK client has it as an operation, when a command of the same page
 * has it, which is run, or when it is one of OTHERS. Numbers and placeholders (`NN-name`, `FILE`) stand for something.
 */
export async function unknownWords(page: Page): Promise<string[]> {
  const known = await knownWords();
  const ownWords = new Set(
    blocksOf(page)
      .filter(({ language, title }) => (language === 'console' || language === 'sh') && title !== 'on AWS')
      .flatMap((block) => commandsOf(block))
      .flatMap(({ run }) => wordsOf(run)),
  );
  return codeOf(page)
    .filter(({ block }) => block === undefined || block.title === 'on AWS')
    .flatMap(({ text, line }) =>
      wordsOf(text)
        .filter((word) => !known.has(word) && !ownWords.has(word) && !isPlaceholder(word))
        .map((word) => `${page.path}:${line} ${text}: nothing here knows "${word}"`),
    );
}

/** With the dashes of an option: `--all` is a word of its own. */
function wordsOf(text: string): string[] {
  return [...text.matchAll(WORD)].map(([word]) => word);
}

function isPlaceholder(word: string): boolean {
  return /^[\d-]+$|\b(?:NN|ACCOUNT|REGION|NAME|FILE|FOLDER|DIR|URL|R|S|N)\b|^\d{4}-\d\d-\d\dT/.test(word);
}

let words: Promise<ReadonlySet<string>> | undefined;

function knownWords(): Promise<ReadonlySet<string>> {
  words ??= gather();
  return words;
}

async function gather(): Promise<ReadonlySet<string>> {
  const known = new Set(OTHERS);
  // A file is spoken of with its ending and without.
  const learn = (text: string): void => {
    for (const word of wordsOf(text)) known.add(word).add(word.replace(/\.\w+$/, ''));
  };
  for (const { path, text } of await sources()) learn(`${path} ${text}`);
  for (const folder of ['docs', 'tests'])
    for (const name of await readdir(join(root, folder), { recursive: true })) learn(name);
  for (const names of (await sdkOperations()).values()) for (const name of names) known.add(name);
  return known;
}

/** Words of other programs, looked up by hand in what their makers say of them. */
const OTHERS = [
  // https://docs.aws.amazon.com/cli/latest/reference/
  ...['aws-cli', 'list-profiles', 'delete-connection', 'admin-disable-user', 'admin-user-global-sign-out'],
  // https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-cli-command-reference.html
  ...['sam', 'sync', '--template-file', '--resolve-s3', '--capabilities', 'CAPABILITY_IAM', '--tags', '--watch'],
  'Serverless',
  // https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoNewAccess.html
  'CheckNoNewAccess',
  // https://vitest.dev/guide/cli
  '-t',
  // https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/
  ...['Out-String', 'Invoke-Expression'],
  // https://developer.mozilla.org/docs/Web
  ...['localStorage', 'HttpOnly'],
  // Examples.
  ...['officer', 'me@example', 'eu-central-1', '$PWD', 'file.ts'],
];

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { labs } from '../../../checker/workshop/labs.ts';
import { codeOf, type Page, root } from '../pages.ts';
import { sdkOperations } from './sdk-operations.ts';
import { sources } from './sources.ts';

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
  return codeOf(page).flatMap(({ text, line, block }) => {
    const path = text.replace(/:\d+$/, '').replace(/\/$/, '');
    const isPath =
      block === undefined && FOLDERS.some((folder) => text === `${folder}/` || text.startsWith(`${folder}/`));
    if (!isPath || /[*<>{}…\s]|NN|name/.test(path)) return [];
    const there = existsSync(join(root, path)) || existsSync(join(root, dirname(page.path), path));
    return there ? [] : [`${page.path}:${line} ${text}: there is no such file`];
  });
}

/** Ids of labs, `01-missing-route`, and numbers, lab 1, that are none. */
export function unknownLabs(page: Page): string[] {
  return page.text
    .split('\n')
    .flatMap((text, index) =>
      [...text.matchAll(/(?<![\w./-])(\d\d-[a-z]+(?:-[a-z]+)+)\b|(?<!\w)labs? (\d+)(?![\w-])/gi)]
        .filter(
          ([, id, number]) => !labs.some((lab) => lab.id === id || Number.parseInt(lab.id, 10) === Number(number)),
        )
        .map(([name, id]) => `${page.path}:${index + 1} ${id ?? name}: there is no such lab`),
    );
}

// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-resources-and-properties.html
const TYPES_OF_SAM = ['AWS::Serverless::WebSocketApi'];

/** Resource types of CloudFormation that nothing here makes. */
export async function unknownTypes(page: Page): Promise<string[]> {
  const known = [...TYPES_OF_SAM, ...(await sources()).map(({ text }) => text)].join('\n');
  return codeOf(page).flatMap(({ text, line }) =>
    [...text.matchAll(/\bAWS::\w+::\w+/g)]
      .filter(([type]) => !new RegExp(`${type}\\b`).test(known))
      .map(([type]) => `${page.path}:${line} ${type}: nothing here makes one`),
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

/** Actions such as `dynamodb:PutItem` between backticks that no installed SDK client has. */
export async function unknownOperations(page: Page): Promise<string[]> {
  const operations = new Map(
    [...(await sdkOperations())].map(([client, names]) => [PREFIX[client] ?? client.replace('client-', ''), names]),
  );
  return codeOf(page)
    .filter(({ block }) => block === undefined)
    .flatMap(({ text, line }) => {
      const [, service, name = ''] = /^([a-z][a-z0-9-]+):([A-Z][A-Za-z]+)$/.exec(text) ?? [];
      if (service === undefined || PERMISSIONS.includes(text)) return [];
      return operations.get(service)?.includes(name) === true
        ? []
        : [`${page.path}:${line} ${text}: no SDK client here has it`];
    });
}

/** What the actions of a client begin with, where it is not the client's name. */
const PREFIX: Readonly<Record<string, string>> = {
  'client-cloudwatch-logs': 'logs',
  'client-cognito-identity-provider': 'cognito-idp',
  'client-apigatewayv2': 'apigateway',
};

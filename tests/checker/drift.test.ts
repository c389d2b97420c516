import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DeleteRouteCommand, DeleteRouteResponseCommand } from '@aws-sdk/client-apigatewayv2';
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { DeleteFunctionCommand, RemovePermissionCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkLab } from '../../checker/checking/check-lab.ts';
import { synthesizeWith } from '../../checker/checking/drift.ts';
import type { Verdict } from '../../checker/checking/result.ts';
import { nextStep } from '../../checker/report/next-step.ts';
import { Synthesizer } from '../../checker/synth/synthesizer.ts';
import { workshopRoot } from '../../checker/workshop/root.ts';
import { type LearnedLab, learnLab } from './learned-lab.ts';

// The file, its deployed version, and the account: a deployment that nothing recorded is compared by synthesis.

let room: LearnedLab;
let workshop: string;
let stack: string;
const synthesizer = new Synthesizer(workshopRoot());

beforeAll(async () => {
  room = await learnLab('01');
  workshop = await room.layOut('start');
  stack = join(room.folderOf(workshop), 'stack.ts');
  await room.deploy(workshop);
}, 120_000);

afterAll(async () => {
  synthesizer.close();
  await room?.close();
});

function check(synthesize = synthesizeWith(synthesizer)): Promise<Verdict> {
  return checkLab({
    root: workshop,
    lab: room.lab,
    target: room.target,
    labFolder: room.folderOf(workshop),
    signal: new AbortController().signal,
    synthesize,
  });
}

test('a comment is not a change', async () => {
  await writeFile(stack, `${await readFile(stack, 'utf8')}\n// Not yet.\n`);
  const verdict = await check();
  expect(verdict.status).toBe('not fixed');
  expect(verdict).not.toHaveProperty('drift');
}, 120_000);

test('repaired in the file, not deployed: shows what a deployment would do', async () => {
  await writeFile(stack, room.variant('solution').files.get('stack.ts') ?? '');
  const verdict = await check();
  // Nothing is recorded here: another clone may have deployed it.
  expect(verdict).toMatchObject({
    status: 'not deployed yet',
    drift: { kind: 'older deployed', fromElsewhere: true },
    remark: expect.stringContaining('somebody deployed from another folder'),
  });
  expect(verdict.drift?.changes).toContain('adds AWS::ApiGatewayV2::Route Api/sendmessage-Route');
}, 120_000);

test('a file that does not run is no reason not to describe the room', async () => {
  await writeFile(stack, 'throw new Error("half of a word")\n');
  const verdict = await check();
  expect(verdict).toMatchObject({ status: 'not fixed', fileError: expect.stringContaining('half of a word') });
  expect(verdict.remark).toContain("Your files can't be deployed as they are.");
  expect(nextStep(verdict)).toMatch(/^Fix the error in your files first, then `npx lab deploy 01`/);
}, 120_000);

test.each([
  ['without a stack', ''],
  ['that renames its stack', "import { App, Stack } from 'aws-cdk-lib';\nnew Stack(new App(), 'Chat');\n"],
])(
  'nor is a file %s, which is no deployed file either',
  async (_, text) => {
    await writeFile(stack, text);
    const verdict = await check();
    expect(verdict).toMatchObject({
      status: 'not fixed',
      fileError: "labs/01-missing-route/stack.ts doesn't define a stack named chat-01-missing-route.",
    });
  },
  120_000,
);

test('a stack is compared by its name, whatever the id of its construct', async () => {
  const solution = room.variant('solution').files.get('stack.ts') ?? '';
  await writeFile(
    stack,
    solution.replace(/new Stack\(app, '([^']+)'\)/, "new Stack(app, 'Chat', { stackName: '$1' })"),
  );
  const verdict = await check();
  expect(verdict).not.toHaveProperty('fileError');
  expect(verdict.drift?.changes).toContain('adds AWS::ApiGatewayV2::Route Api/sendmessage-Route');
}, 120_000);

test('nor is a file that never finishes: it is stopped in time, whatever Node.js collects meanwhile', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // On a busy machine it takes longer than the pause between two runs, and an interval would leave no time for anything
  // else.
  let collecting = setTimeout(function again() {
    collect();
    collecting = setTimeout(again, 200);
  }, 200);
  try {
    await writeFile(stack, 'while (true) {}\n');
    const verdict = await check(synthesizeWith(synthesizer, 3_000));
    expect(verdict.status).toBe('not fixed');
  } finally {
    clearTimeout(collecting);
  }
}, 60_000);

test('deleted by hand: deploying changes nothing, and the checker says so', async () => {
  await writeFile(stack, room.variant('solution').files.get('stack.ts') ?? '');
  await room.deploy(workshop);
  expect((await check()).status).toBe('fixed');
  const { target } = room;
  const made = await room.stackResources();
  const one = (type: string, id: RegExp) => {
    const found = made.find((each) => each.type === type && id.test(each.logicalId));
    return found?.physicalId ?? '';
  };
  const api = one('AWS::ApiGatewayV2::Api', /./);
  const send = one('AWS::Lambda::Function', /^SendMessage/);
  const steps: Array<[gone: string, by: () => Promise<unknown>]> = [
    [
      'AWS::Lambda::Permission Api/sendmessage-Route/SendMessageIntegration-Permission',
      async () =>
        (await target.clients.lambda()).send(
          new RemovePermissionCommand({
            FunctionName: send,
            StatementId: one('AWS::Lambda::Permission', /sendmessage/i),
          }),
        ),
    ],
    [
      'AWS::ApiGatewayV2::Route Api/sendmessage-Route',
      async () =>
        (await target.clients.apigateway()).send(
          new DeleteRouteCommand({ ApiId: api, RouteId: one('AWS::ApiGatewayV2::Route', /sendmessage/i) }),
        ),
    ],
    [
      'AWS::Lambda::Function SendMessage',
      async () => (await target.clients.lambda()).send(new DeleteFunctionCommand({ FunctionName: send })),
    ],
    [
      'AWS::DynamoDB::Table Connections',
      async () =>
        (await target.clients.dynamodb()).send(new DeleteTableCommand({ TableName: one('AWS::DynamoDB::Table', /./) })),
    ],
    [
      'AWS::ApiGatewayV2::RouteResponse Api/$default-Route/Response',
      async () =>
        (await target.clients.apigateway()).send(
          new DeleteRouteResponseCommand({
            ApiId: api,
            RouteId: one('AWS::ApiGatewayV2::Route', /default/i),
            RouteResponseId: one('AWS::ApiGatewayV2::RouteResponse', /default/i),
          }),
        ),
    ],
  ];
  for (const [gone, remove] of steps) {
    await remove();
    const verdict = await check();
    expect(verdict).toMatchObject({ status: 'not fixed', drift: { kind: 'gone' } });
    expect(verdict.drift?.changes).toEqual([]);
    expect(verdict.drift?.gone).toContain(gone);
    expect(verdict.remark).toContain('deleted manually');
  }
}, 120_000);

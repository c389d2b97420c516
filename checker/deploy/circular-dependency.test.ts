import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { circularDependency } from './circular-dependency.ts';

const lab = '08-open-sign-up';
const stack = `chat-${lab}`;
const output = `${stack}: deploying...\n❌ ${stack} failed\n‣ ValidationError: Circular dependency between resources: [Users0A, UsersPageA8, Route2B, AuthorizerBD]\n`;

let root: string;
let labFolder: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'circle-'));
  labFolder = join(root, 'labs', lab);
  await mkdir(labFolder, { recursive: true });
  await writeFile(join(labFolder, 'stack.ts'), "new UserPool(stack, 'Users');\nroomFunction('Authorizer');\n");
});
afterEach(() => rm(root, { recursive: true, force: true }));

const paths = new Map([
  ['Users0A', `${stack}/Users/Resource`],
  ['UsersPageA8', `${stack}/Users/Page/Resource`],
  ['Route2B', `${stack}/Api/connectRoute/Resource`],
  ['AuthorizerBD', `${stack}/Authorizer/Resource`],
]);
const explained = (Resources: object, text = output) =>
  circularDependency(text, JSON.stringify({ Resources }), { root, labFolder, lab, paths, again: 'deploy again' });

test('shows the shortest circle, with lines', () => {
  const Resources = {
    Users0A: { Properties: { LambdaConfig: { PreSignUp: { 'Fn::GetAtt': ['AuthorizerBD', 'Arn'] } } } },
    UsersPageA8: { Properties: { UserPoolId: { Ref: 'Users0A' } } },
    Route2B: { Properties: { Target: { 'Fn::Sub': `x/$\{AuthorizerBD.Arn}` } }, DependsOn: ['UsersPageA8'] },
    AuthorizerBD: { Properties: { Environment: { POOL: { Ref: 'Users0A' }, PAGE: { Ref: 'UsersPageA8' } } } },
  };
  const error = explained(Resources);
  expect(error?.message.split('\n')).toEqual([
    `The deployment of ${lab} failed: some resources need each other, so CloudFormation can't create any of them first.`,
    `  Users needs Authorizer  labs/${lab}/stack.ts:1`,
    `  Authorizer needs Users  labs/${lab}/stack.ts:2`,
  ]);
  expect(error?.next).toMatch(/^Usually, .* and deploy again\.$/);
});

test('names the constructs if the template shows no circle', () => {
  expect(explained({})?.message).toMatch(/\n {2}Users, Users\/Page, Api\/connectRoute, Authorizer$/);
});

test('is not about other failures', () => {
  expect(explained({}, '‣ ValidationError: Template error')).toBeUndefined();
});

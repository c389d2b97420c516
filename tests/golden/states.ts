import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StackStatus } from '@aws-sdk/client-cloudformation';
import type { StackState, Subject } from '../../checker/checking/check.ts';
import { driftInWords } from '../../checker/checking/drift.ts';
import type { Drift, Result, Verdict } from '../../checker/checking/result.ts';
import { runChecks } from '../../checker/checking/run.ts';
import { unopened, verdictOf, withDrift } from '../../checker/checking/verdict.ts';
import { LabError } from '../../checker/failures/errors.ts';
import { neverUp } from '../../checker/observe/stack.ts';
import { findLab } from '../../checker/workshop/lab-name.ts';
import { recorded } from './recorded.ts';

/** A verdict recorded by `record.ts`. */
export function verdict(name: keyof typeof recorded): Verdict {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'verdicts', `${name}.json`), 'utf8')) as Verdict;
}

/** Every state that a verdict can have, by the name of its golden page. */
export async function states(): Promise<Record<string, Verdict>> {
  const names = Object.keys(recorded) as Array<keyof typeof recorded>;
  return {
    ...Object.fromEntries(names.map((name) => [name, verdict(name)])),
    '01-not-deployed': await notDeployed('01', {
      deployed: false,
      reason: 'There is no stack chat-01-missing-route.',
    }),
    '01-undone': await notDeployed('01', neverUpAs('ROLLBACK_COMPLETE')),
    '01-half-undone': await notDeployed('01', neverUpAs('ROLLBACK_FAILED')),
    '01-file-ahead': apart(verdict('01-start'), 'file ahead'),
    '01-older-deployed': apart(verdict('01-another-key'), 'older deployed'),
    '01-gone': gone(verdict('01-start')),
    '01-fixed-and-changed': apart(verdict('01-fixed'), 'older deployed'),
    '01-fixed-and-rolled-back': apart(verdict('01-fixed'), 'older deployed', { rolledBack: true }),
    '03-pending': pending(verdict('03-fixed')),
    ...(await broken()),
  };
}

function neverUpAs(StackStatus: StackStatus): StackState {
  const stack = { StackName: 'chat-01-missing-route', StackStatus, CreationTime: new Date(0) };
  const cause = {
    logicalId: 'ApisendmessageRoute',
    type: 'AWS::ApiGatewayV2::Route',
    reason: 'Invalid Integration identifier specified (Service: ApiGatewayV2, Status Code: 404)',
  };
  const paths = new Map([['ApisendmessageRoute', 'chat-01-missing-route/Api/sendmessage-Route']]);
  return neverUp(stack, stack.StackName, { cause }, paths);
}

async function notDeployed(number: string, stack: StackState): Promise<Verdict> {
  const lab = findLab(number);
  const target = { kind: 'practice', title: 'the practice account', region: 'us-east-1', spread: 0 } as const;
  const subject = {
    target,
    stackName: `chat-${lab.id}`,
    stack,
    room: { missing: '' },
    resources: [],
    locate: (path: string) => ({ file: `labs/${lab.id}/stack.ts`, line: 13, construct: path.slice(1) }),
    signal: new AbortController().signal,
    remembering: <T>(work: () => Promise<T>) => work(),
  } as unknown as Subject;
  const checks = await runChecks((await lab.load()).checks, subject, { now: () => 0 });
  return verdictOf(lab, target, checks, subject);
}

const changes = [
  'adds AWS::ApiGatewayV2::Integration Api/sendmessage-Route/SendMessageIntegration',
  'adds AWS::Lambda::Permission Api/sendmessage-Route/SendMessageIntegration-Permission',
  'adds AWS::ApiGatewayV2::Route Api/sendmessage-Route',
  'adds AWS::ApiGatewayV2::RouteResponse Api/sendmessage-Route/Response',
];

const stack = {
  deployed: true,
  id: 'arn',
  status: 'UPDATE_COMPLETE',
  changedAt: Date.parse('2026-11-24T09:30:00Z'),
} as const;

function gone(verdict: Verdict): Verdict {
  const drift: Drift = { kind: 'gone', changes: [], gone: ['AWS::ApiGatewayV2::Route Api/sendmessage-Route'] };
  return withDrift(verdict, drift, driftInWords(drift, verdict.status, { stack }));
}

function apart(verdict: Verdict, kind: Drift['kind'], more: Partial<Drift> = {}): Verdict {
  const drift = {
    ...more,
    kind,
    changes: kind === 'file ahead' ? changes : ['changes AWS::ApiGatewayV2::Route Api/sendMessage-Route: RouteKey'],
  };
  return withDrift(verdict, drift, driftInWords(drift, verdict.status, { stack }));
}

function pending(verdict: Verdict): Verdict {
  const checks = verdict.checks.map((result): Result => {
    if (result.id !== 'expired-token-is-refused') return result;
    const { id, title, expected, docs, duration } = result;
    const until = '2026-11-24T09:36:05.000Z';
    const reason =
      'This needs an expired token, and the checker has to wait for one. Its token is valid until 09:35:05. Rooms are allowed a minute of clock skew, so the check can be made from 09:36:05 on.';
    return { id, title, expected, docs, duration, status: 'pending', until, reason };
  });
  return { ...verdict, checks, status: 'pending' };
}

/** One verdict for each reason why the account cannot be inspected. */
async function broken(): Promise<Record<string, Verdict>> {
  const aws = { kind: 'aws', title: 'AWS account 111122223333 in eu-central-1', region: 'eu-central-1' } as const;
  const named = (name: string, message: string, more = {}) => Object.assign(new Error(message), { name, ...more });
  const denied =
    'User: arn:aws:iam::111122223333:user/grace is not authorized to perform: cloudformation:DescribeStacks on resource: arn:aws:cloudformation:eu-central-1:111122223333:stack/chat-01-missing-route/*';
  const kinds: Record<string, Error> = {
    'no-network': named('Error', 'getaddrinfo ENOTFOUND cloudformation.eu-central-1.amazonaws.com', {
      code: 'ENOTFOUND',
    }),
    throttled: named('Throttling', 'Rate exceeded'),
    expired: named('ExpiredToken', 'The security token included in the request is expired'),
    'no-credentials': named('CredentialsProviderError', 'Could not load credentials from any providers'),
    denied: named('AccessDenied', denied),
    clock: named('RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.'),
    fault: named('InternalFailure', 'An internal error occurred.', { $fault: 'server' }),
    'mid-update': new LabError(
      'The stack chat-01-missing-route has been changing since 09:30:00 (UPDATE_IN_PROGRESS).',
      'Check again once that has finished. `aws cloudformation wait stack-update-complete --stack-name chat-01-missing-route` waits for it.',
    ),
  };
  const lab = findLab('01');
  const broken: Record<string, Verdict> = {};
  for (const [name, error] of Object.entries(kinds)) broken[`broken-${name}`] = await unopened(lab, aws, error);
  return broken;
}

import chalk from 'chalk';
import { beforeAll, expect, test, vi } from 'vitest';
import { tooWide } from '../../tests/golden/too-wide.ts';
import { drawDeployment } from './deployment.ts';

beforeAll(() => {
  chalk.level = 0;
});

/** Returns the output for events, each `id status reason`, if it is not a terminal. */
function drawn(columns: number, ...events: Array<[id: string, status: string, reason?: string]>): string {
  let all = '';
  const drawing = drawDeployment({ isTerminal: false, columns, write: (text) => (all += text) });
  for (const [id, ResourceStatus, ResourceStatusReason] of events) {
    const ResourceType = id === 'stack' ? 'AWS::CloudFormation::Stack' : 'AWS::ApiGatewayV2::Integration';
    const path = id === 'stack' ? undefined : `chat/${id}/Resource`;
    drawing.event({ LogicalResourceId: id, ResourceType, ResourceStatus, ResourceStatusReason } as never, path);
  }
  drawing.end();
  return all;
}

test.each([40, 80])('no line is wider than a terminal of %d columns', (columns) => {
  const id = 'Api/ConnectRoute/AVeryLongNameOfAnIntegration';
  const reason = 'Resource creation cancelled because of another one that failed before it';
  const all = drawn(columns, [id, 'CREATE_COMPLETE'], ['Other', 'CREATE_FAILED', reason]);
  expect(tooWide(all.split('\n'), columns)).toEqual([]);
});

test('a rollback does not count as a change, and its reason is left for the end', () => {
  const noise = 'Resource handler returned message: "Two." (RequestToken: 1-2, HandlerErrorCode: InvalidRequest)';
  const all = drawn(
    80,
    ['A', 'UPDATE_COMPLETE'],
    ['B', 'CREATE_FAILED', 'One.'],
    ['C', 'CREATE_FAILED', noise],
    ['stack', 'UPDATE_ROLLBACK_IN_PROGRESS'],
    ['A', 'UPDATE_COMPLETE'],
    ['D', 'DELETE_COMPLETE'],
  );
  expect(all.split('\n')).toEqual([
    '  ✓ updated A AWS::ApiGatewayV2::Integration',
    '  ✗ B AWS::ApiGatewayV2::Integration: failed',
    '  ✗ C AWS::ApiGatewayV2::Integration: Two.',
    '  ↩ something failed; rolling back',
    '  ↩ A AWS::ApiGatewayV2::Integration: reverted',
    '  ↩ D AWS::ApiGatewayV2::Integration: removed again',
    '',
  ]);
});

test('a silent deployment reports once a minute until it ends', () => {
  vi.useFakeTimers();
  try {
    let all = '';
    const drawing = drawDeployment({ isTerminal: false, write: (text) => (all += text) });
    vi.advanceTimersByTime(50_000);
    drawing.stage('the CDK CLI deploys it');
    vi.advanceTimersByTime(50_000);
    expect(all).toBe('  … the CDK CLI deploys it\n');
    vi.advanceTimersByTime(70_000);
    drawing.end();
    vi.advanceTimersByTime(600_000);
    expect(all.match(/no news for a minute/g)).toHaveLength(2);
  } finally {
    vi.useRealTimers();
  }
});

import { describe, expect, it } from 'vitest';
import { tooWide } from '../../tests/golden/too-wide.ts';
import type { TraceEvent } from '../aws/practice.ts';
import { type Path, Paths } from './paths.ts';
import { renderPath } from './tree.ts';

const names = {
  function: (name: string) => name.replace(/-.*/, ''),
  connection: (id: string) => (id === 'ada=' ? 'Ada' : id),
};

/** Events in the order of publication, a millisecond apart by default. */
function events(trace: string, happenings: ReadonlyArray<Record<string, unknown>>, from = 0): TraceEvent[] {
  return happenings.map(
    (happening, index) =>
      ({
        id: from + index + 1,
        at: Date.UTC(2026, 10, 27) + from + index,
        mono: from + index,
        trace,
        connectionId: 'ada=',
        ...happening,
      }) as unknown as TraceEvent,
  );
}

function pathOf(trace: string, happenings: ReadonlyArray<Record<string, unknown>>): Path {
  const paths = new Paths();
  let path: Path | undefined;
  for (const event of events(trace, happenings)) path = paths.add(event);
  if (path === undefined) throw new Error('There is no path.');
  return path;
}

const frame = { kind: 'frame', bytes: 10, text: '{"action":"x"}' };
const answer = { kind: 'answer', what: 'error', message: 'Forbidden' };

describe('a handshake', () => {
  it("by a stranger shows the authorizer's decision before its consequences", () => {
    const path = pathOf('t=', [
      { kind: 'handshake', asks: 'authorizer', query: ['token'] },
      { kind: 'permission', function: 'Authorizer-1', allowed: true, routeKey: '$connect', sourceArn: '' },
      { kind: 'return', function: 'Authorizer-1', status: 'success', ms: 3 },
      // Published when it has ended, with the time it began.
      { kind: 'authorizer', function: 'Authorizer-1', name: 'Gate', outcome: 'denied', ms: 4, mono: 0.5 },
      { kind: 'refused', status: 403, message: 'Forbidden' },
    ]);
    expect(path).toMatchObject({ kind: 'handshake', isOver: true });
    const lines = renderPath(path, names, 100);
    expect(lines[0]).toContain('Ada connects');
    expect(lines.join('\n')).toMatch(
      /→ a handshake; a Lambda authorizer decides\n.*✗ authorizer Authorizer: denied {2}\(4\.0 ms\)\n.*✓ API Gateway is allowed to invoke Authorizer\n.*\n.*✗ rejected with 403 Forbidden/,
    );
  });
});

describe('a message', () => {
  it('without a route shows its key', () => {
    const route = { kind: 'route', expression: '$request.body.action', key: 'x' };
    const lines = renderPath(pathOf('t=', [frame, route, answer]), names, 100).join('\n');
    expect(lines).toContain('✗ no route: "x" by $request.body.action, and there is no $default');
    expect(lines).toContain('← the sender gets "Forbidden"');
  });

  it('shows the missing policy on a function that API Gateway may not invoke', () => {
    const decision = { decision: 'implicitDeny', by: 'resource', asked: [], missingContext: [] };
    const refused = { kind: 'permission', function: 'Send-1', allowed: false, decision };
    const lines = renderPath(pathOf('t=', [frame, refused, answer]), names, 100).join('\n');
    expect(lines).toContain('✗ API Gateway is not allowed to invoke Send: there is no resource policy');
  });

  it('shows a post to somebody who is gone, and one that a statement denies', () => {
    const post = { kind: 'call', service: 'execute-api', operation: 'PostToConnection', to: 'ada=', ms: 1 };
    const denied = {
      decision: 'explicitDeny',
      by: 'identity',
      action: 'execute-api:ManageConnections',
      statement: { kind: 'identity', policy: 'Never', index: 2 },
      asked: [],
    };
    const calls = [
      { ...post, status: 410, error: 'GoneException', decisions: [] },
      { ...post, status: 403, error: 'AccessDeniedException', decisions: [denied] },
    ];
    const lines = renderPath(pathOf('t=', [frame, ...calls, answer]), names, 160).join('\n');
    expect(lines).toContain('! execute-api PostToConnection to Ada: 410 GoneException');
    expect(lines).toContain(
      '✗ execute-api PostToConnection to Ada: execute-api:ManageConnections, Never, statement 3 denies it',
    );
  });

  it("fits the terminal's width", () => {
    const long = { ...frame, text: 'many words '.repeat(30) };
    for (const columns of [40, 80]) {
      expect(tooWide(renderPath(pathOf('t=', [long, answer]), names, columns), columns)).toEqual([]);
    }
  });
});

describe('the newest path', () => {
  const refused = { kind: 'refused', status: 403 };
  const handshake = { kind: 'handshake', asks: 'nobody', query: [] };
  const connected = { kind: 'connected' };

  it.each([
    [
      'the newest message',
      [
        [frame, answer],
        [frame, answer],
      ],
      't1=',
    ],
    [
      'a message before a handshake that ended well',
      [
        [frame, answer],
        [handshake, connected],
      ],
      't0=',
    ],
    [
      'a handshake that was rejected after the message',
      [
        [frame, answer],
        [handshake, refused],
      ],
      't1=',
    ],
    ['the handshake if nobody has said anything', [[handshake, connected]], 't0='],
  ])('is %s', (_what, all, expected) => {
    const paths = new Paths();
    for (const [index, happenings] of all.entries())
      for (const event of events(`t${index}=`, happenings, index * 100)) paths.add(event);
    expect(paths.newest()?.trace).toBe(expected);
  });

  it('is found by the id of its trace, of an invocation and of a call', () => {
    const paths = new Paths();
    const ids = { requestId: '49f30a55-bfe0-4e8b-b871-c5e46a3134be', callId: '06d94044-0cd8-4861-aa37-6c36316ab95e' };
    for (const event of events('t=', [frame, { kind: 'call', decisions: [], ...ids }])) paths.add(event);
    for (const id of ['t=', ids.requestId, ids.callId]) expect(paths.withId(id)?.trace).toBe('t=');
    expect(paths.withId('another')).toBeUndefined();
  });
});

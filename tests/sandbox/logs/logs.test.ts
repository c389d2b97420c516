import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetLogEventsCommand,
  type InputLogEvent,
  ListTagsForResourceCommand,
  ListTagsLogGroupCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { startTestAccount, testAccount } from '../../account.ts';

const now = Date.now();
const logGroupName = '/room/chat';

const account = await testAccount();
const logs = new CloudWatchLogsClient(account.client);
await logs.send(new CreateLogGroupCommand({ logGroupName, tags: { a: '1' } }));

describe('CloudWatch Logs', () => {
  const put = async (logStreamName: string, logEvents: InputLogEvent[]) => {
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
    return logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  };

  it('keeps groups, with retention and tags', async () => {
    const arn = `arn:aws:logs:us-east-1:111122223333:log-group:${logGroupName}`;
    await expect(logs.send(new CreateLogGroupCommand({ logGroupName }))).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
    });
    await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 7 }));
    await expect(logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 8 }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    const described = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/room' }));
    expect(described.logGroups).toMatchObject([
      { logGroupName, retentionInDays: 7, arn: `${arn}:*`, logGroupArn: arn, creationTime: expect.any(Number) },
    ]);
    await logs.send(new DeleteRetentionPolicyCommand({ logGroupName }));
    const without = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePattern: 'CHAT' }));
    expect(without.logGroups?.[0]?.retentionInDays).toBeUndefined();

    await logs.send(new TagResourceCommand({ resourceArn: arn, tags: { b: '2', c: '3' } }));
    await logs.send(new UntagResourceCommand({ resourceArn: arn, tagKeys: ['a', 'b'] }));
    expect((await logs.send(new ListTagsForResourceCommand({ resourceArn: arn }))).tags).toEqual({ c: '3' });
    expect((await logs.send(new ListTagsLogGroupCommand({ logGroupName }))).tags).toEqual({ c: '3' });
  });

  it('returns the events of a stream page by page, in both directions', async () => {
    const events = Array.from({ length: 5 }, (_, index) => ({ timestamp: now + index, message: `event ${index}` }));
    await put('paged', events);
    const read = async (nextToken?: string, startFromHead = true) => {
      const answer = await logs.send(
        new GetLogEventsCommand({ logGroupName, logStreamName: 'paged', limit: 2, startFromHead, nextToken }),
      );
      return { ...answer, messages: answer.events?.map(({ message }) => message) };
    };
    const [first, last] = [await read(), await read(undefined, false)];
    expect(first.messages).toEqual(['event 0', 'event 1']);
    expect(last.messages).toEqual(['event 3', 'event 4']);
    const second = await read(first.nextForwardToken);
    expect(second.messages).toEqual(['event 2', 'event 3']);
    expect((await read(second.nextBackwardToken)).messages).toEqual(['event 0', 'event 1']);
    const third = await read(second.nextForwardToken);
    expect(third.messages).toEqual(['event 4']);
    const end = await read(third.nextForwardToken);
    expect(end.messages).toEqual([]);
    expect(end.nextForwardToken).toBe(third.nextForwardToken);
  });

  it.each([
    ['ERROR', ['ERROR no luck', 'ERROR again: timeout']],
    ['ERROR timeout', ['ERROR again: timeout']],
    ['"no luck"', ['ERROR no luck']],
    ['?luck ?INFO', ['ERROR no luck', 'INFO fine']],
    ['ERROR -timeout', ['ERROR no luck']],
    ['{ $.level = "WARN" }', ['{"level":"WARN"}']],
    ['error', []],
  ])('filters by %s', async (filterPattern, expected) => {
    const group = `/filter/${expected.length}/${filterPattern.length}`;
    await logs.send(new CreateLogGroupCommand({ logGroupName: group }));
    const messages = ['ERROR no luck', 'INFO fine', 'ERROR again: timeout', '{"level":"WARN"}'];
    for (const [index, message] of messages.entries()) {
      const stream = { logGroupName: group, logStreamName: `s${index}` };
      await logs.send(new CreateLogStreamCommand(stream));
      await logs.send(new PutLogEventsCommand({ ...stream, logEvents: [{ timestamp: now + index, message }] }));
    }
    const found = await logs.send(new FilterLogEventsCommand({ logGroupName: group, filterPattern }));
    expect(found.events?.map(({ message }) => message)).toEqual(expected);
  });

  it('filters by time and stream, page by page', async () => {
    await put('t1', [
      { timestamp: now + 100, message: 'a' },
      { timestamp: now + 300, message: 'c' },
    ]);
    await put('t2', [{ timestamp: now + 200, message: 'b' }]);
    const ask = { logGroupName, logStreamNamePrefix: 't', startTime: now + 100, endTime: now + 300 };
    const first = await logs.send(new FilterLogEventsCommand({ ...ask, limit: 2 }));
    expect(first.events).toMatchObject([
      { message: 'a', logStreamName: 't1', eventId: expect.stringMatching(/^\d{56}$/) },
      { message: 'b', logStreamName: 't2' },
    ]);
    const rest = await logs.send(new FilterLogEventsCommand({ ...ask, limit: 2, nextToken: first.nextToken }));
    expect(rest.events).toMatchObject([{ message: 'c' }]);
    expect(rest.nextToken).toBeUndefined();
    const one = await logs.send(new FilterLogEventsCommand({ logGroupName, logStreamNames: ['t2'] }));
    expect(one.events).toMatchObject([{ message: 'b' }]);
    await expect(
      logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern: '[a, b]' })),
    ).rejects.toMatchObject({ name: 'NotImplemented' });
  });

  it.each<[string, Partial<FilterLogEventsCommandInput>]>([
    ['a filter pattern of 1,025 characters', { filterPattern: 'a'.repeat(1025) }],
    ['101 streams', { logStreamNames: Array.from({ length: 101 }, (_, n) => `s${n}`) }],
  ])('refuses %s', async (_what, input) => {
    await expect(logs.send(new FilterLogEventsCommand({ logGroupName, ...input }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('describes streams, on request with the latest event first, and deletes them', async () => {
    await put('o1', [{ timestamp: now + 5000, message: 'later' }]);
    await put('o2', [{ timestamp: now + 4000, message: 'earlier' }]);
    const { logStreams = [] } = await logs.send(
      new DescribeLogStreamsCommand({ logGroupName, orderBy: 'LastEventTime', descending: true, limit: 2 }),
    );
    expect(logStreams.map(({ logStreamName }) => logStreamName)).toEqual(['o1', 'o2']);
    expect(logStreams[0]).toMatchObject({ firstEventTimestamp: now + 5000, lastEventTimestamp: now + 5000 });
    await logs.send(new DeleteLogStreamCommand({ logGroupName, logStreamName: 'o1' }));
    await expect(logs.send(new GetLogEventsCommand({ logGroupName, logStreamName: 'o1' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('rejects events out of order, and omits events that are too old or too new', async () => {
    const hour = 3_600_000;
    await expect(
      put('order', [
        { timestamp: now, message: 'a' },
        { timestamp: now - 1, message: 'b' },
      ]),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const old = await put('old', [
      { timestamp: now - 14 * 24 * hour - hour, message: 'too old' },
      { timestamp: now - 14 * 24 * hour + hour, message: 'good' },
    ]);
    expect(old.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 });
    const young = await put('new', [
      { timestamp: now, message: 'good' },
      { timestamp: now + 3 * hour, message: 'too new' },
    ]);
    expect(young.rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 1 });
    for (const logStreamName of ['old', 'new']) {
      const { events } = await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: true }));
      expect(events?.map(({ message }) => message)).toEqual(['good']);
    }
  });

  it.each<[string, InputLogEvent[], string]>([
    [
      'a batch of 25 hours',
      [now - 25 * 3_600_000, now].map((timestamp) => ({ timestamp, message: 'x' })),
      'cannot span more than 24 hours',
    ],
    ['an empty message', [{ timestamp: now, message: '' }], "at 'logEvents.1.member.message' failed"],
  ])('rejects %s', async (what, events, message) => {
    await expect(put(what.replaceAll(' ', '-'), events)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message),
    });
  });

  it.each(['AWS/x', 'aws/spans'])('rejects %s, a name that AWS reserves', async (logGroupName) => {
    const made = logs.send(new CreateLogGroupCommand({ logGroupName }));
    await expect(made).rejects.toThrow('Log groups starting with AWS/ are reserved for AWS.');
  });

  it.each(['with\u0000nul', 'with:colon', 'with*star', ''])('rejects the stream name %j', async (logStreamName) => {
    const made = logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
    await expect(made).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('has everything after a restart, until the group is deleted', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-'));
    const stream = { logGroupName: 'g', logStreamName: 's' };
    const first = await startTestAccount({ folder });
    const before = new CloudWatchLogsClient(first.client);
    await before.send(new CreateLogGroupCommand(stream));
    await before.send(new CreateLogStreamCommand(stream));
    await before.send(new PutLogEventsCommand({ ...stream, logEvents: [{ timestamp: now, message: 'two\nlines' }] }));
    await first.close();

    const second = await startTestAccount({ folder });
    const after = new CloudWatchLogsClient(second.client);
    await after.send(new PutLogEventsCommand({ ...stream, logEvents: [{ timestamp: now, message: 'more' }] }));
    const { events } = await after.send(new GetLogEventsCommand(stream));
    expect(events?.map(({ message }) => message)).toEqual(['two\nlines', 'more']);
    expect(await readdir(join(folder, 'logs'))).toHaveLength(1);
    await after.send(new DeleteLogGroupCommand(stream));
    expect(await readdir(join(folder, 'logs'))).toHaveLength(0);
    await after.send(new CreateLogGroupCommand(stream));
    expect((await after.send(new DescribeLogStreamsCommand({ logGroupName: 'g' }))).logStreams).toEqual([]);
    await second.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
});

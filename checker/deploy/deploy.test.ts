import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Target } from '../aws/target.ts';
import type { Synthesis } from '../synth/synthesizer.ts';
import { type DeployTools, deployLab, usuallyWritten } from './deploy.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'deploy-'));
  vi.useFakeTimers();
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(root, { recursive: true, force: true });
});

const never = new Promise<never>(() => {});
// An account that doesn't answer.
const target = { kind: 'practice', environment: {}, clients: { cloudformation: () => never } } as unknown as Target;

test.each<[string, Promise<Synthesis>, number]>([
  ['a stack that is not written', never, 1],
  ['an account that does not answer', Promise.resolve({ outcome: 'synthesized', assembly: '' }), 0],
])('%s: whether it says that the stack is still running', async (_, synthesis, times) => {
  const tools = { synthesizer: { synthesize: () => synthesis }, cdk: { warm() {} } } as unknown as DeployTools;
  const onSlow = vi.fn();
  const { signal } = new AbortController();
  void deployLab({ root, lab: '01-x', labFolder: root, target, tools, signal, onSlow });
  await vi.advanceTimersByTimeAsync(usuallyWritten);
  expect(onSlow).toHaveBeenCalledTimes(times);
});

test('shows no more events after Ctrl-C, although the deployment continues', async () => {
  vi.useRealTimers();
  const interruption = new AbortController();
  const event = (EventId: string) => ({ EventId, LogicalResourceId: EventId, ResourceStatus: 'CREATE_COMPLETE' });
  let events = [event('before')];
  let read: string | undefined;
  const send = async (command: { readonly constructor: { readonly name: string } }) => {
    if (command.constructor.name === 'DescribeStackEventsCommand') {
      read = events[0]?.EventId;
      return { StackEvents: events };
    }
    return command.constructor.name === 'DescribeStacksCommand' ? { Stacks: [] } : { TemplateBody: '{}' };
  };
  const seen: Array<string | undefined> = [];
  const tools: DeployTools = {
    synthesizer: {
      async synthesize({ assembly }) {
        await mkdir(assembly, { recursive: true });
        const artifacts = { 'chat-01-x': { type: 'aws:cloudformation:stack' } };
        await writeFile(join(assembly, 'manifest.json'), JSON.stringify({ artifacts }));
        await writeFile(join(assembly, 'chat-01-x.template.json'), '{}');
        return { outcome: 'synthesized', assembly };
      },
    },
    cdk: {
      warm() {},
      async run() {
        events = [event('during'), ...events];
        await vi.waitUntil(() => seen.length === 1);
        interruption.abort();
        events = [event('after'), ...events];
        return { code: undefined, output: '' };
      },
    },
  };
  const practice = { ...target, title: 'the practice account', clients: { cloudformation: async () => ({ send }) } };
  const deployment = deployLab({
    root,
    lab: '01-x',
    labFolder: root,
    target: practice as unknown as Target,
    tools,
    signal: interruption.signal,
    onEvent: ({ LogicalResourceId }) => void seen.push(LogicalResourceId),
  });
  await expect(deployment).rejects.toThrow('The deployment continues in the practice account');
  // The events are read once more at the end.
  await vi.waitUntil(() => read === 'after');
  await new Promise((resolve) => setImmediate(resolve));
  expect(seen).toEqual(['during']);
});

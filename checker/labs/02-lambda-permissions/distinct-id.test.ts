import { expect, test } from 'vitest';
import { distinctId } from './distinct-id.ts';

test.each<[string, string[], string | undefined]>([
  ['Lab/Send', ['Lab/Connect'], 'Send'],
  ['Lab/Send/Function', ['Lab/Connect', 'Lab/Leave'], 'Function'],
  ['Lab/Send/Function', ['Lab/Connect/Function', 'Lab/Leave'], 'Send'],
  ['Lab/Send/Function/ServiceRole', ['Lab/Connect/Function/ServiceRole'], 'Send'],
  ['Lab/Function', ['Lab/Connect/Function'], undefined],
  ['Lab/New/Send/Function', ['Lab/Old/Send/Function', 'Lab/New/Connect/Function'], undefined],
])('%s among %j is known by %s', (path, others, id) => {
  expect(distinctId(path, others)).toBe(id);
});

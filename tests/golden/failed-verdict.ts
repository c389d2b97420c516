import type { AnyCheck } from '../../checker/checking/check.ts';
import type { Lab } from '../../checker/checking/lab.ts';
import type { Verdict } from '../../checker/checking/result.ts';

/** An observation longer than most checks'. */
const ACTUAL = 'The role of the function that sends may do more than sending needs on other people’s tables. '.repeat(
  3,
);

/** Returns a verdict in which one check of a lab fails, with more evidence than a screen has lines. */
export function failedVerdict(lab: Pick<Lab, 'id' | 'title'>, { id, title, expected, docs }: AnyCheck): Verdict {
  const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`);
  const place = {
    file: `labs/${lab.id}/functions/send-message.ts`,
    line: 42,
    construct: `chat-${lab.id}/SendMessage`,
  };
  const evidence = [{ source: 'log', lines }] as const;
  const result = { id, title, expected, docs, duration: 1, status: 'failed', actual: ACTUAL, place, evidence } as const;
  const target = { kind: 'practice', title: 'the practice account', region: 'us-east-1' } as const;
  return { lab: lab.id, title: lab.title, status: 'not fixed', target, checks: [result] };
}

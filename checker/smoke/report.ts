import { masked } from '../doctor/mask.ts';
import { redacted } from '../sign-in/redacted.ts';
import { type Answer, surprisesIn } from './answers.ts';
import type { Step } from './smoke-lab.ts';

export interface Smoked {
  /** `AWS account 111122223333 in us-east-1` */
  readonly title: string;
  readonly began: Date;
  readonly isInterrupted: boolean;
  readonly steps: readonly Step[];
  readonly answers: readonly Answer[];
}

/** Returns the report as Markdown, without secrets: no account id, key, token or password. */
export function smokeReport({ title, began, isInterrupted, steps, answers }: Smoked): string {
  const surprises = surprisesIn(answers);
  const lines = [
    `# Smoke test of ${title}`,
    '',
    `${began.toISOString()}, Node.js ${process.version} on ${process.platform}.`,
    ...(isInterrupted ? ['', 'Interrupted by Ctrl-C.'] : []),
    '',
    '## Steps',
    '',
    '| lab | step | seconds | as expected |',
    '| --- | --- | --- | --- |',
    ...steps.map(
      ({ lab, name, seconds, isAsExpected }) =>
        `| ${lab} | ${name} | ${seconds.toFixed(1)} | ${isAsExpected ? 'yes' : 'no'} |`,
    ),
    '',
    ...steps.filter(({ isAsExpected }) => !isAsExpected).flatMap(unexpected),
    '## Surprises',
    '',
    ...(surprises.length === 0
      ? ['Every answer was expected.']
      : surprises.map(({ kind, text }) => `- ${kind}: ${oneLine(text)}`)),
    '',
    '## Calls',
    '',
    '| call | number | median ms | slowest ms | tries |',
    '| --- | --- | --- | --- | --- |',
    ...callsIn(answers),
    '',
  ];
  return withoutSecrets(lines.join('\n'), /\d{12}/.exec(title)?.[0]);
}

function unexpected({ lab, name, seen }: Step): string[] {
  return [`### ${lab}, ${name}`, '', ...seen.map((text) => `- ${oneLine(text)}`), ''];
}

function callsIn(answers: readonly Answer[]): string[] {
  const calls = [...new Set(answers.map(({ call }) => call))].sort();
  return calls.map((call) => {
    const own = answers.filter((answer) => answer.call === call);
    const durations = own.map(({ duration }) => Math.round(duration)).sort((a, b) => a - b);
    const tries = own.reduce((sum, answer) => sum + answer.tries, 0);
    return `| ${call} | ${own.length} | ${durations[durations.length >> 1]} | ${durations.at(-1)} | ${tries} |`;
  });
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Account ids are twelve digits, also in ARNs and in the names of the bootstrap's buckets and roles. */
function withoutSecrets(text: string, account = '<account>'): string {
  return masked(redacted(text))
    .replaceAll(account, '<account>')
    .replace(/(?<![\da-fA-F])\d{12}(?![\da-fA-F])/g, '<account>')
    .replace(/(password|secret|token)(["']?\s*[:=]\s*["']?)[^\s"',}]+/gi, '$1$2…');
}

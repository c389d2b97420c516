import type { Result, Verdict } from '../checking/result.ts';
import { escapeMarkup } from './escape.ts';
import { nextStep } from './next-step.ts';
import { actualOf, placeOf } from './words.ts';

/**
 * Returns the verdicts in the format that continuous integration systems read: a suite for each lab, a case for each
 * check.
 */
export function renderJunit(verdicts: readonly Verdict[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="websocket-lab" ${ran(verdicts.flatMap(({ checks }) => checks))}>`,
    ...verdicts.flatMap(suite),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(verdict: Verdict): string[] {
  const { lab, checks } = verdict;
  return [
    `  <testsuite name="${escapeMarkup(lab)}" ${ran(checks)} skipped="${counted(checks, 'blocked', 'pending')}">`,
    ...asAWhole(verdict),
    ...checks.flatMap((check) => testcase(lab, check)),
    '  </testsuite>',
  ];
}

/** Returns the remarks on the lab as a whole: a passing case doesn't show that the file has changed since. */
function asAWhole(verdict: Verdict): string[] {
  const { title, status, remark } = verdict;
  const property = (name: string, value: string) => `      <property name="${name}" value="${escapeMarkup(value)}"/>`;
  return [
    '    <properties>',
    property('title', title),
    property('status', status),
    ...(remark === undefined ? [] : [property('remark', remark)]),
    property('next', nextStep(verdict)),
    '    </properties>',
  ];
}

function testcase(lab: string, result: Result): string[] {
  const start = `    <testcase classname="${escapeMarkup(lab)}" name="${escapeMarkup(result.id)}" time="${seconds(result.duration)}"`;
  const inside = outcome(result);
  return inside === undefined ? [`${start}/>`] : [`${start}>`, `      ${inside}`, '    </testcase>'];
}

function outcome(result: Result): string | undefined {
  const message = `message="${escapeMarkup(actualOf(result))}"`;
  switch (result.status) {
    case 'passed':
      return undefined;
    case 'failed':
      return `<failure ${message}>${escapeMarkup(inDetail(result))}</failure>`;
    case 'broken':
      return `<error ${message}>${escapeMarkup(result.next)}</error>`;
    default:
      return `<skipped ${message}/>`;
  }
}

function inDetail(result: Extract<Result, { status: 'failed' }>): string {
  const place = placeOf(result);
  return [
    result.title,
    `expected: ${result.expected}`,
    `seen: ${result.actual}`,
    ...(place === undefined ? [] : [`look at: ${place}`]),
    ...(place === undefined || result.place?.construct === undefined ? [] : [`construct: ${result.place.construct}`]),
    ...result.evidence.flatMap(({ source, about = '', lines, marked = [] }) => [
      `${source} ${about}`,
      ...lines.map((line, index) => `${marked.includes(index) ? '>' : ' '} ${line}`),
    ]),
  ].join('\n');
}

/** The attributes of suites and of the total: Jenkins' schema allows `skipped` only on suites. */
function ran(checks: readonly Result[]): string {
  const time = seconds(checks.reduce((sum, { duration }) => sum + duration, 0));
  return `tests="${checks.length}" failures="${counted(checks, 'failed')}" errors="${counted(checks, 'broken')}" time="${time}"`;
}

function counted(checks: readonly Result[], ...statuses: Array<Result['status']>): number {
  return checks.filter(({ status }) => statuses.includes(status)).length;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

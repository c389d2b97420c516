import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { observeGone } from '../observe/gone.ts';
import { observeTemplate } from '../observe/template.ts';
import { count, timeOf } from '../report/words.ts';
import type { Synthesizer } from '../synth/synthesizer.ts';
import { deployedAs } from '../workshop/sources.ts';
import type { Drift, Result, Subject, Verdict } from './check.ts';

/** Writes the stack of a folder as CloudFormation would get it; undefined where its program does not come to an end. */
export type Synthesize = (subject: Subject, labFolder: string) => Promise<string | undefined>;

interface Compared {
  readonly root: string;
  readonly labFolder: string;
  readonly subject: Subject;
  readonly checks: readonly Result[];
  /** Without it, only the notes that deployments leave are asked. */
  readonly synthesize?: Synthesize | undefined;
}

/**
 * Compares three things that should be one: what the learner's file makes, the template that was deployed, and what
 * is in the account. Undefined where they are the same, or where it cannot be told.
 */
export async function observeDrift({
  root,
  labFolder,
  subject,
  checks,
  synthesize,
}: Compared): Promise<Drift | undefined> {
  const { lab, target, stack } = subject;
  if (!stack.deployed) return undefined;
  const note = await deployedAs(root, lab, target, stack, labFolder);
  if (note !== 'this file') {
    const written = await synthesize?.(subject, labFolder);
    const [changes, isKnown] =
      written === undefined
        ? [[], note !== undefined]
        : // What another tool bundled may differ in what says nothing.
          [changesBetween(await observeTemplate(subject), written, { code: note !== undefined }), true];
    const differs = written === undefined ? isKnown : changes.length > 0;
    if (differs) return { kind: note === 'as shipped' ? 'file ahead' : 'older deployed', changes };
  }
  const byHand = checks.filter((result) => result.status === 'passed' && result.byHand === true);
  return byHand.length === 0 ? undefined : { kind: 'by hand', changes: [] };
}

/** What somebody deleted in the account: undefined where all is there that the stack made. */
export async function observeDeleted(subject: Subject): Promise<Drift | undefined> {
  const template = await observeTemplate(subject);
  const gone = await observeGone(subject, template);
  if (gone.length === 0) return undefined;
  const written = resourcesIn(template) ?? {};
  const names = gone.map(({ logicalId, type }) => named(logicalId, written[logicalId] ?? { Type: type }));
  return { kind: 'gone', changes: [], gone: names };
}

/** A drift in words, beside a lab's status. */
export function driftInWords(drift: Drift, status: Verdict['status'], { stack }: Pick<Subject, 'stack'>): string {
  const { kind } = drift;
  const when = stack.deployed && stack.changedAt > 0 ? ` (${timeOf(new Date(stack.changedAt).toISOString())})` : '';
  switch (kind) {
    case 'gone': {
      const [first, ...more] = drift.gone ?? [];
      const all = more.length === 0 ? `${first} was` : `${first} and ${count(more.length, 'other thing')} were`;
      const still = more.length === 0 ? 'it still exists' : 'they still exist';
      return `${all} deleted by hand in the account. CloudFormation believes that ${still}, so deploying changes nothing.`;
    }
    case 'file ahead':
      return `What is deployed is the lab as it was shipped${when}. Your file was changed since.`;
    case 'older deployed':
      return `What is deployed is an older version of your file${when}${status === 'fixed' ? ', and that one is fixed' : ''}. Your file was changed since.`;
    case 'by hand':
      return status === 'fixed'
        ? 'It was repaired in the account, by hand, and not in the file: a fresh deployment would have the fault again. Write it down in stack.ts, and deploy.'
        : 'Something of it was done in the account, by hand, and not in the file: a fresh deployment lacks that. Write down in stack.ts what is to stay, and deploy.';
  }
}

/** How long a program may take to write its stack, in milliseconds: one that never ends keeps nobody from the verdict. */
const longestSynthesis = 60_000;

/** The synthesizer's own way to write a stack, in a folder of this process alone. */
export function synthesizeWith(synthesizer: Synthesizer, longest = longestSynthesis): Synthesize {
  return async ({ root, target, lab, stackName, signal }, folder) => {
    const assembly = join(root, '.lab', 'out', `${lab}.compared.${process.pid}`);
    // No AbortSignal.timeout: within AbortSignal.any, Node.js 20 may collect it before it has fired.
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), longest);
    try {
      const ended = AbortSignal.any([signal, late.signal]);
      const { outcome } = await synthesizer.synthesize({ folder, assembly, environment: target.environment }, ended);
      if (outcome !== 'synthesized') return undefined;
      return await readFile(join(assembly, `${stackName}.template.json`), 'utf8').catch(() => undefined);
    } finally {
      clearTimeout(timer);
      await rm(assembly, { recursive: true, force: true, maxRetries: 5 });
    }
  };
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/**
 * What a deployment would do to the resources of a stack, a line each: `adds AWS::ApiGatewayV2::Route Api/sendmessage-Route`.
 * Without `code`, that functions were bundled anew is no change. None where a template is not the CDK's JSON.
 */
export function changesBetween(deployed: string, written: string, { code }: { readonly code: boolean }): string[] {
  const [before, after] = [resourcesIn(deployed), resourcesIn(written)];
  if (before === undefined || after === undefined) return [];
  const ids = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  return ids.flatMap((id) => {
    const [old, now] = [before[id], after[id]];
    if (old === undefined && now !== undefined) return [`adds ${named(id, now)}`];
    if (old !== undefined && now === undefined) return [`takes away ${named(id, old)}`];
    if (old === undefined || now === undefined) return [];
    const changed = changedProperties(old, now).filter((property) => code || property !== 'Code');
    return changed.length === 0 ? [] : [`changes ${named(id, now)}: ${changed.join(', ')}`];
  });
}

function resourcesIn(template: string): Readonly<Record<string, Resource>> | undefined {
  try {
    const { Resources = {} } = JSON.parse(template) as { Resources?: Record<string, Resource> };
    return Object.fromEntries(Object.entries(Resources).filter(([, { Type }]) => Type !== 'AWS::CDK::Metadata'));
  } catch {
    return undefined;
  }
}

function changedProperties(old: Resource, now: Resource): string[] {
  const [before, after] = [old.Properties ?? {}, now.Properties ?? {}];
  if (old.Type !== now.Type) return ['Type'];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (property) => !isDeepStrictEqual(before[property], after[property]),
  );
}

/** As its author knows it: `AWS::ApiGatewayV2::Route Api/sendmessage-Route`. */
function named(id: string, { Type, Metadata }: Resource): string {
  const { 'aws:cdk:path': path } = Metadata ?? {};
  const inside =
    typeof path === 'string'
      ? path
          .split('/')
          .slice(1)
          .join('/')
          .replace(/\/Resource$/, '')
      : id;
  return `${Type} ${inside}`;
}

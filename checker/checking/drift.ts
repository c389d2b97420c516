import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { explainSynthesis } from '../deploy/explain.ts';
import { templateIn } from '../deploy/manifest.ts';
import { requireFindable } from '../deploy/require-findable.ts';
import { LabError } from '../failures/errors.ts';
import { observeChanged } from '../observe/changed.ts';
import { goneOf, observeLooked } from '../observe/gone.ts';
import { wasRolledBack } from '../observe/stack.ts';
import { observeTemplate } from '../observe/template.ts';
import { count, timeOf } from '../report/words.ts';
import type { Synthesizer } from '../synth/synthesizer.ts';
import { shownPath } from '../workshop/own-labs/home.ts';
import { deployedAs } from '../workshop/sources.ts';
import type { StackResource, Subject } from './check.ts';
import type { Drift, Result, Verdict } from './result.ts';

/**
 * Writes a folder's stack as CloudFormation would get it, or says why its files can't be deployed. Undefined if its
 * program does not finish.
 */
export type Synthesize = (
  subject: Subject,
  labFolder: string,
) => Promise<string | { readonly error: string } | undefined>;

interface Compared {
  readonly root: string;
  readonly labFolder: string;
  readonly subject: Subject;
  readonly checks: readonly Result[];
  /** Without it, only deployment notes are used. */
  readonly synthesize?: Synthesize | undefined;
  /** Called if the files can't be deployed. */
  readonly onFileError?: (error: string) => void;
}

/**
 * Compares the learner's file, the deployed template and the account. Undefined if they agree, or if that is unknown.
 */
export async function observeDrift({
  root,
  labFolder,
  subject,
  checks,
  synthesize,
  onFileError,
}: Compared): Promise<Drift | undefined> {
  const { lab, target, stack } = subject;
  if (!stack.deployed) return undefined;
  const note = await deployedAs(root, lab, target, stack, labFolder);
  if (note !== 'this file') {
    const result = await synthesize?.(subject, labFolder);
    if (typeof result === 'object') onFileError?.(result.error);
    const written = typeof result === 'string' ? result : undefined;
    const [changes, isKnown] =
      written === undefined
        ? [[], note !== undefined]
        : // Bundles from another tool can differ in irrelevant ways.
          [changesBetween(await observeTemplate(subject), written, { code: note !== undefined }), true];
    const differs = written === undefined ? isKnown : changes.length > 0;
    if (differs) {
      const kind = note === 'as shipped' ? 'file ahead' : 'older deployed';
      return {
        kind,
        changes,
        // A deployment of ours after the rollback, even of nothing, is recorded.
        ...(note === undefined ? { fromElsewhere: true, ...(wasRolledBack(stack) ? { rolledBack: true } : {}) } : {}),
      };
    }
  }
  const byHand = checks.filter((result) => result.status === 'passed' && result.byHand === true);
  return byHand.length === 0 ? undefined : { kind: 'by hand', changes: [] };
}

/** Returns the manual deletions and changes in the account; undefined if everything is as the stack created it. */
export async function observeTampering(subject: Subject): Promise<Drift | undefined> {
  const template = await observeTemplate(subject);
  const looked = await observeLooked(subject, template);
  const written = resourcesIn(template) ?? {};
  const nameOf = ({ logicalId, type }: StackResource) => named(logicalId, written[logicalId] ?? { Type: type });
  const gone = goneOf(looked);
  if (gone.length > 0) return { kind: 'gone', changes: [], gone: gone.map(nameOf) };
  const changed = await observeChanged(subject, template, looked);
  if (changed.length === 0) return undefined;
  return {
    kind: 'changed',
    changes: [],
    changed: changed.map(({ resource, properties }) => `${nameOf(resource)}: ${properties.join(', ')}`),
    // Half of the commands would revert only half of the change.
    setBack: changed.every(({ commands }) => commands.length > 0) ? changed.flatMap(({ commands }) => commands) : [],
  };
}

/** Says that files with an error can't be deployed. */
export function cannotDeploy(error: string): string {
  return `Your files can't be deployed as they are. ${error}`;
}

/** A drift in words, for a lab's remark. */
export function driftInWords(drift: Drift, status: Verdict['status'], { stack }: Pick<Subject, 'stack'>): string {
  const { kind } = drift;
  const when = stack.deployed && stack.changedAt > 0 ? ` (${timeOf(new Date(stack.changedAt).toISOString())})` : '';
  switch (kind) {
    case 'gone': {
      const [first, ...more] = drift.gone ?? [];
      const all = more.length === 0 ? `${first} was` : `${first} and ${count(more.length, 'other thing')} were`;
      const still = more.length === 0 ? 'it still exists' : 'they still exist';
      return `${all} deleted manually in the account. CloudFormation thinks ${still}, so deploying changes nothing.`;
    }
    case 'changed': {
      const all = `Changed manually in the account: ${(drift.changed ?? []).join('; ')}.`;
      return status === 'fixed'
        ? `${all} CloudFormation doesn't know about it, so a fresh deployment will lose it.`
        : `${all} CloudFormation doesn't look for manual changes, so deploying an unchanged file won't revert this.`;
    }
    case 'file ahead':
      return `The lab as shipped is deployed${when}. Your files have changed since.`;
    case 'older deployed':
      if (drift.rolledBack === true) {
        return `The last deployment was rolled back${when}, so what's deployed isn't your current files${status === 'fixed' ? ', although it fixes the lab' : ''}.`;
      }
      if (drift.fromElsewhere === true) {
        return `What's deployed${when} ${status === 'fixed' ? 'fixes the lab, but ' : ''}isn't your current files. It's an older version of them, or somebody deployed from another folder.`;
      }
      return `An older version of your files is deployed${when}${status === 'fixed' ? ', and fixes the lab' : ''}. Your files have changed since.`;
    case 'by hand':
      return status === 'fixed'
        ? 'The repair was made manually in the account. A fresh deployment will bring the fault back. Put the repair in your files, and deploy.'
        : 'Part of this was changed manually in the account; a fresh deployment will lose it. Put what should stay in your files, and deploy.';
  }
}

/** How long a program may take to write its stack, in milliseconds: an endless one must not delay the verdict. */
const longestSynthesis = 60_000;

/** The synthesizer's own stack writer, in a folder that only this process uses. */
export function synthesizeWith(synthesizer: Synthesizer, longest = longestSynthesis): Synthesize {
  return async ({ root, target, lab, signal }, folder) => {
    const assembly = join(root, '.lab', 'out', `${lab}.compared.${process.pid}`);
    // No AbortSignal.timeout: inside AbortSignal.any, Node.js 20 may collect it before it fires.
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), longest);
    try {
      const ended = AbortSignal.any([signal, late.signal]);
      const synthesis = await synthesizer.synthesize({ folder, assembly, environment: target.environment }, ended);
      if (synthesis.outcome === 'failed' && !ended.aborted) {
        const { output, code, hasBegun } = synthesis;
        // A process that never came to the stack, or that somebody killed, says nothing about it.
        if (!hasBegun || (code === undefined && output.trim() === '')) return undefined;
        const { message } = await explainSynthesis({ root, labFolder: folder, output, code }, ended);
        return { error: message };
      }
      if (synthesis.outcome !== 'synthesized') return undefined;
      const file = shownPath(root, join(folder, 'stack.ts'));
      return await templateIn(assembly, await requireFindable(assembly, { lab, target, file }));
    } catch (error) {
      if (error instanceof LabError) return { error: error.message };
      throw error;
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
 * Returns the changes that a deployment would make to a stack, one line each: `adds AWS::ApiGatewayV2::Route
 * Api/sendmessage-Route`. Without `code`, rebundled functions don't count as changes. Empty if a template is not the
 * CDK's JSON.
 */
export function changesBetween(deployed: string, written: string, { code }: { readonly code: boolean }): string[] {
  const [before, after] = [resourcesIn(deployed), resourcesIn(written)];
  if (before === undefined || after === undefined) return [];
  const ids = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  return ids.flatMap((id) => {
    const [old, now] = [before[id], after[id]];
    if (old === undefined && now !== undefined) return [`adds ${named(id, now)}`];
    if (old !== undefined && now === undefined) return [`removes ${named(id, old)}`];
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

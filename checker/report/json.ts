import type { Evidence } from '../checking/check.ts';
import type { Result, Verdict } from '../checking/result.ts';
import { exitCodeOf } from '../checking/verdict.ts';
import { nextStep } from './next-step.ts';
import { actualOf } from './words.ts';

/**
 * Incremented when a field is removed or changes its meaning; `docs/verdict.md` describes them all,
 * `docs/verdict.schema.json` for programs.
 */
export const schemaVersion = 1;

interface CheckDocument {
  readonly id: string;
  readonly title: string;
  readonly status: Result['status'];
  readonly expected: string;
  readonly actual: string;
  readonly evidence: readonly EvidenceDocument[];
  readonly finding: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly construct: string | null;
  readonly remark: string | null;
  readonly byHand: boolean;
  readonly blockedBy: string | null;
  readonly until: string | null;
  readonly next: string | null;
  readonly docs: Result['docs'];
  readonly durationMs: number;
}

interface EvidenceDocument {
  readonly source: string;
  readonly about: string | null;
  readonly lines: readonly string[];
  readonly marked: readonly number[];
}

/** Returns the verdicts as one JSON document, for programs. */
export function renderJson(verdicts: readonly Verdict[]): string {
  const document = {
    schema: schemaVersion,
    exitCode: exitCodeOf(verdicts),
    labs: verdicts.map((verdict) => ({
      lab: verdict.lab,
      title: verdict.title,
      status: verdict.status,
      remark: verdict.remark ?? null,
      drift: verdict.drift ?? null,
      fileError: verdict.fileError ?? null,
      next: nextStep(verdict),
      target: verdict.target,
      room: verdict.room ?? null,
      checks: verdict.checks.map(checkDocument),
    })),
  };
  return JSON.stringify(document, undefined, 2);
}

function checkDocument(result: Result): CheckDocument {
  const place = 'place' in result ? result.place : undefined;
  return {
    id: result.id,
    title: result.title,
    status: result.status,
    expected: result.expected,
    actual: actualOf(result),
    evidence: 'evidence' in result ? result.evidence.map(evidenceDocument) : [],
    finding: result.status === 'failed' ? (result.finding?.id ?? null) : null,
    file: place?.file ?? null,
    line: place?.line ?? null,
    construct: place?.construct ?? null,
    remark: result.status === 'passed' ? (result.remark ?? null) : null,
    byHand: result.status === 'passed' && result.byHand === true,
    blockedBy: result.status === 'blocked' ? result.by : null,
    until: result.status === 'pending' ? result.until : null,
    next: result.status === 'broken' ? result.next : null,
    docs: result.docs,
    durationMs: result.duration,
  };
}

function evidenceDocument({ source, about, lines, marked = [] }: Evidence): EvidenceDocument {
  return { source, about: about ?? null, lines, marked };
}

import type { Place } from '../checking/check.ts';
import type { Lab } from '../checking/lab.ts';
import type { Verdict } from '../checking/result.ts';
import type { GameDocument } from '../gameday/document.ts';
import { nextStep } from '../report/next-step.ts';
import { actualOf, headline } from '../report/words.ts';
import { faultFile, labFolder } from '../workshop/lab-files.ts';
import { givenHints, type Hint, hasHints } from '../workshop/next-hint.ts';
import { shownPath } from '../workshop/own-labs/home.ts';
import { type EditorPlace, editorPlace } from './editor-place.ts';

/** The checks and hints of a lab, `checks.json`. */
export interface ChecksDocument {
  /** `looking`: a check is running, and `verdict` is the previous one, or missing. */
  readonly state: 'looked' | 'looking' | 'never looked';
  /** ISO 8601 */
  readonly lookedAt?: string;
  readonly task: {
    readonly title: string;
    readonly complaint: string;
    /** The task's page, and the file that usually needs repair; relative to the workshop's folder. */
    readonly page: string;
    readonly file: EditorPlace;
  };
  readonly verdict?: {
    readonly status: Verdict['status'];
    readonly headline: string;
    readonly remark?: string;
    readonly next: string;
    readonly checks: readonly CheckDocument[];
  };
  readonly hints: HintsDocument;
  /** The game day that the room is part of. It has complaints instead of a verdict. */
  readonly game?: GameDocument;
}

interface CheckDocument {
  readonly id: string;
  readonly title: string;
  readonly status: Verdict['checks'][number]['status'];
  readonly expected: string;
  /** The observation, in one sentence. */
  readonly seen: string;
  readonly place?: EditorPlace;
  readonly docs: { readonly lab: string; readonly aws: string };
}

interface HintsDocument {
  /** The hints taken for the first failure, the oldest first. */
  readonly given: readonly Hint[];
  /** How many there are for it. */
  readonly of: number;
  /** Whether there is another one. */
  readonly hasNext: boolean;
}

/** The latest result for a lab. */
export interface Looked {
  readonly state: ChecksDocument['state'];
  readonly at?: Date;
  readonly verdict?: Verdict;
}

/** Returns the checks and hints of a lab as the page shows them. */
export async function checksDocument(root: string, lab: Lab, { state, at, verdict }: Looked): Promise<ChecksDocument> {
  const { given = [], of = 0 } =
    (verdict !== undefined && hasHints(verdict) ? await givenHints(root, lab, verdict) : undefined) ?? {};
  const folder = shownPath(root, labFolder(root, lab.id));
  return {
    state,
    lookedAt: at?.toISOString(),
    task: {
      title: lab.title,
      complaint: lab.complaint,
      page: `${folder}/README.md`,
      file: editorPlace(root, { file: `${folder}/${await faultFile(root, lab.id)}`, line: 1 }),
    },
    verdict: verdict && verdictDocument(root, verdict),
    hints: { given, of, hasNext: given.length < of },
  };
}

function verdictDocument(root: string, verdict: Verdict): NonNullable<ChecksDocument['verdict']> {
  return {
    status: verdict.status,
    headline: headline(verdict),
    remark: verdict.remark,
    next: nextStep(verdict),
    checks: verdict.checks.map((result) => {
      const place: Place | undefined = 'place' in result ? result.place : undefined;
      const { id, title, status, expected, docs } = result;
      return {
        id,
        title,
        status,
        expected,
        seen: actualOf(result),
        place: place && editorPlace(root, place),
        docs,
      };
    }),
  };
}

import type { Finding, Place, Program } from '../../checking/check.ts';
import { addedTooLate, withoutBlockComments } from '../added-too-late.ts';
import * as findings from './findings.ts';

/** Why a pool has no trigger although the program sets one. */
export interface NotAttached {
  /** Ends a sentence. */
  readonly inWords: string;
  readonly place: Place;
  readonly finding: Finding;
}

/** The trigger's key in the option, however it is spelled: the type allows every key, and the CDK reads its own. */
const KEY =
  /(?<!\/\/.*)\blambdaTriggers\s*:\s*\{(?:[^}]*?,)?\s*(?:(["'])(pre[-_]?sign[-_]?up)\1\s*:|(pre_?sign_?up)\s*[:,}])/i;

/** Returns why the trigger isn't in the deployed stack, if the program shows it. */
export function notAttached(program: Program | undefined): NotAttached | undefined {
  const late = addedTooLate(program, { adds: /\.addTrigger\(|\blambdaConfig\b/, names: /pre_?sign_?up/i });
  if (late !== undefined) {
    return { inWords: 'the program adds it after `app.synth()`', place: late, finding: findings.afterSynth };
  }
  const text = withoutBlockComments(program?.text ?? '');
  const found = KEY.exec(text);
  const key = found?.[2] ?? found?.[3];
  if (program === undefined || found === null || key === 'preSignUp') return undefined;
  const line = text.slice(0, found.index + found[0].length).split('\n').length;
  return {
    inWords: `\`lambdaTriggers\` has no key \`${key}\`. It is \`preSignUp\``,
    place: { file: program.file, line },
    finding: findings.misspelledKey,
  };
}

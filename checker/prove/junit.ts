import { escapeMarkup } from '../report/escape.ts';
import { type Proof, unexpected } from './prove.ts';

/** The proof of one lab. */
export interface LabProof {
  readonly lab: string;
  /** The missing parts of its files, in sentences. */
  readonly lacks: readonly string[];
  readonly proofs: readonly Proof[];
}

/**
 * Returns the proof in the format that continuous integration systems read: a suite for each lab, a case for each
 * variant.
 */
export function proofAsJunit(labs: readonly LabProof[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="websocket-lab prove">',
    ...labs.flatMap(({ lab, lacks, proofs }) => [
      `  <testsuite name="${escapeMarkup(lab)}" tests="${proofs.length + 1}" failures="${proofs.filter(({ holds }) => !holds).length + Number(lacks.length > 0)}">`,
      testcase(lab, 'is complete', 0, lacks.join('\n')),
      ...proofs.map((proof) => testcase(lab, proof.variant, proof.seconds, proof.holds ? '' : unexpected(proof))),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function testcase(lab: string, name: string, seconds: number, failure: string): string {
  const start = `    <testcase classname="${escapeMarkup(lab)}" name="${escapeMarkup(name)}" time="${seconds.toFixed(3)}"`;
  return failure === '' ? `${start}/>` : `${start}><failure message="${escapeMarkup(failure)}"/></testcase>`;
}

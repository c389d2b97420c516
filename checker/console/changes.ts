import type { Subject } from '../checking/check.ts';
import { cannotDeploy, driftInWords, observeDrift, type Synthesize } from '../checking/drift.ts';
import type { Drift } from '../checking/result.ts';
import { labFolder } from '../workshop/lab-files.ts';

/** The changes that a save would make in the account, `changes.json`. */
export interface ChangesDocument {
  /** `same`: the file as it is now is deployed. */
  readonly state: 'same' | 'differs';
  readonly kind?: Drift['kind'];
  /** One sentence. */
  readonly remark?: string;
  /** A line for each resource: `adds AWS::ApiGatewayV2::Route Api/sendmessage-Route`. */
  readonly changes: readonly string[];
}

/** Compares the current file with what is deployed. */
export async function changesDocument(subject: Subject, synthesize: Synthesize): Promise<ChangesDocument> {
  const { root, lab } = subject;
  let fileError: string | undefined;
  const drift = await observeDrift({
    root,
    labFolder: labFolder(root, lab),
    subject,
    checks: [],
    synthesize,
    onFileError: (error) => {
      fileError = error;
    },
  });
  if (fileError !== undefined) return { state: 'differs', remark: cannotDeploy(fileError), changes: [] };
  if (drift === undefined) return { state: 'same', changes: [] };
  return {
    state: 'differs',
    kind: drift.kind,
    remark: driftInWords(drift, 'not fixed', subject),
    changes: drift.changes,
  };
}

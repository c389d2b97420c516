import type { Evidence, Finding, Place } from './check.ts';

/** The result of one check. */
export type Result = {
  readonly id: string;
  readonly title: string;
  readonly expected: string;
  readonly docs: { readonly lab: string; readonly aws: string };
  /** Milliseconds. */
  readonly duration: number;
} & (
  | {
      readonly status: 'passed';
      readonly remark?: string;
      readonly actual: string;
      readonly evidence: readonly Evidence[];
      readonly place?: Place;
      /** True only because of a manual change in the account. */
      readonly byHand?: boolean;
    }
  | {
      readonly status: 'failed';
      readonly actual: string;
      readonly evidence: readonly Evidence[];
      readonly place?: Place;
      readonly finding?: Finding;
      /** Another look would show the same: a missing route, for example. */
      readonly settled?: true;
    }
  | {
      readonly status: 'blocked';
      readonly by: string;
      /** The place of the check it waits for, or else of the room's API. */
      readonly place?: Place;
    }
  | { readonly status: 'pending'; readonly until: string; readonly reason: string }
  | {
      readonly status: 'broken';
      readonly reason: string;
      readonly next: string;
      /** The account was read, and what the check looked for is not there. */
      readonly notFound?: true;
    }
);

/** How file, deployment and account differ. */
export interface Drift {
  /**
   * `file ahead`: the lab as shipped is deployed, and the file has changed since. `older deployed`: an earlier version
   * of the file is deployed. `by hand`: the account has something that neither the file nor the deployment has. `gone`:
   * the account lacks something that was deployed, and deploying doesn't bring it back. `changed`: deployed resources
   * have other properties in the account, and deploying an unchanged file doesn't set them back.
   */
  readonly kind: 'file ahead' | 'older deployed' | 'by hand' | 'gone' | 'changed';
  /** The changes that deploying the file would make: `adds AWS::ApiGatewayV2::Route Api/sendmessage-Route`. */
  readonly changes: readonly string[];
  /** No deployment from this folder is known: it may come from another clone. */
  readonly fromElsewhere?: true;
  /** CloudFormation rolled back the last deployment: it failed, or was interrupted. */
  readonly rolledBack?: true;
  /** Manual deletions: `AWS::ApiGatewayV2::Route Api/sendmessage-Route`. */
  readonly gone?: readonly string[];
  /** Manual changes: `AWS::Lambda::Function SendMessage: Handler, Environment`. */
  readonly changed?: readonly string[];
  /** The AWS CLI commands that revert all of it; none if the template doesn't say how. */
  readonly setBack?: readonly string[];
}

/** The result of a lab. */
export interface Verdict {
  readonly lab: string;
  readonly title: string;
  readonly status: 'fixed' | 'not fixed' | 'not deployed' | 'not deployed yet' | 'pending' | 'broken';
  /** A sentence or two beside the status: `Your files have changed since.` */
  readonly remark?: string;
  /** How file, deployment and account differ, if they do and it is known. */
  readonly drift?: Drift;
  /** Why the learner's files can't be deployed, with file and line, if they were looked at and can't. */
  readonly fileError?: string;
  readonly checks: readonly Result[];
  readonly target: { readonly kind: 'practice' | 'aws'; readonly title: string; readonly region: string };
  /** The room's address, if the lab is deployed. */
  readonly room?: string;
}

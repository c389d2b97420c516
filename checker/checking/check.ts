import type { Target } from '../aws/target.ts';

/** The subject of one lab's checks: one deployed stack, in one account. */
export interface Subject {
  /** The workshop's folder. Checks keep data for later runs in its `.lab`. */
  readonly root: string;
  /** The folder with the learner's `stack.ts`. */
  readonly labFolder: string;
  readonly target: Target;
  /** The lab's id, `01-missing-route`. */
  readonly lab: string;
  /** The stack's name, `chat-01-missing-route`. */
  readonly stackName: string;
  /** Physical ids by logical id, with types, as the account reports them. */
  readonly resources: readonly StackResource[];
  /** The stack's outputs. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The stack as a whole, as the account reports it. */
  readonly stack: StackState;
  /** The WebSocket API and the stage that people connect to, or why there is none. */
  readonly room: Room | { readonly missing: string };
  /** Returns where a construct or a line of a handler is in the learner's files; undefined if it can't be found. */
  locate(at: At): Place | undefined;
  /** Returns the first line of the learner's `stack.ts` that one of these matches, in their order. */
  find(patterns: readonly RegExp[]): Place | undefined;
  /** Returns the learner's `stack.ts`; undefined if it's missing. */
  program(): Program | undefined;
  /** Returns the texts of the learner's handlers, the lab's own first. */
  sources(): readonly string[];
  /** When this run of the checks began, in milliseconds. Earlier log lines belong to other runs. */
  readonly began?: number;
  /** Aborted when the command is interrupted. The checks then clean up. */
  readonly signal: AbortSignal;
  /** Registers a cleanup to run after the lab's checks, even if they were interrupted. */
  afterwards(task: () => Promise<void>): void;
  /** Aborted after those cleanups, whether they succeeded or not. What remains by then counts as left over. */
  readonly ended: AbortSignal;
  /** State that checks share: created on first use, then the same for all. Keyed by the function that creates it. */
  once<T>(make: (subject: Subject) => Promise<T>): Promise<T>;
  /** Runs checks, or one look: meanwhile, each read of the account's configuration is sent once, and remembered. */
  remembering<T>(work: () => Promise<T>): Promise<T>;
  /** Makes `once` create these again: what they were created from was out of date. */
  forget(...made: ReadonlyArray<(subject: Subject) => Promise<unknown>>): void;
}

/** Whether there is a stack to check. A stack that is being changed is neither: the checker then can't look. */
export type StackState =
  | {
      readonly deployed: false;
      readonly reason: string;
      /** Its first deployment failed, so it never had resources. */
      readonly failed?: {
        /** Whether everything it had created was rolled back. */
        readonly isUndone: boolean;
        /** The logical id of the failed resource, if the template has its path. */
        readonly at?: string;
      };
    }
  | {
      readonly deployed: true;
      /** The stack's ARN. */
      readonly id: string;
      /** `UPDATE_COMPLETE`. After a rollback, the room is what it was before. */
      readonly status: string;
      /** When it last changed, in milliseconds. */
      readonly changedAt: number;
    };

/** The endpoint of the room: one API and one stage of it. */
export interface Room {
  readonly apiId: string;
  /** The API's logical id in the stack's template. */
  readonly api: string;
  readonly stageName: string;
  /** The stage's logical id in the stack's template; undefined if the stack did not create it. */
  readonly stage?: string;
  /** Where sockets connect: `wss://….execute-api.us-east-1.amazonaws.com/room`. */
  readonly address: string;
  /** The route selection expression; `$request.body.action` if the API reports none. */
  readonly routeSelection?: string;
  /** The address that the stack outputs, if the account doesn't list its API or stage: it may be new. */
  readonly insteadOf?: string;
}

export interface StackResource {
  readonly logicalId: string;
  readonly physicalId: string;
  /** `AWS::ApiGatewayV2::Route` */
  readonly type: string;
  /** The id of the stack that created it, if that isn't the lab's own: a nested stack, or one that it imports from. */
  readonly stack?: string;
}

/** A line of one of the learner's files, relative to the workshop's folder, with `/`. */
export interface Place {
  readonly file: string;
  readonly line: number;
  /** `chat-01-missing-route/Room`: the construct's path, if known. */
  readonly construct?: string;
}

/** A CDK program of the learner's: its path, relative to the workshop's folder, and its text. */
export interface Program {
  readonly file: string;
  readonly text: string;
}

/** A line of a handler's source: the first that contains one of the texts, or else the line that exports the handler. */
export interface HandlerLine {
  /** The file's name: `send-message.ts`. */
  readonly handler: string;
  /** Texts to look for, the most specific first. */
  readonly near: readonly string[];
  /** More telling texts, which a module that the handler imports can have, too: all of the learner's handlers are searched. */
  readonly anywhere?: readonly string[];
  /** The function's logical id: the place if `stack.ts` doesn't name the file, or if no text is found. */
  readonly of?: string;
}

/** A function's code: the file that `stack.ts` names where it creates the function, or else that place itself. */
export interface CodeOf {
  /** The function's logical id. */
  readonly codeOf: string;
  /** A handler in `app/functions/` that is taken to be right: then the place is in the stack. */
  readonly unlessRooms?: string;
}

/** The place of a judgment: a construct by its logical id or path (its parent's if it is missing), a handler, or code. */
export type At = string | HandlerLine | CodeOf;

/** One piece of evidence: the API call or the conversation, the ARN or address, the excerpt. */
export interface Evidence {
  /** `GetRoutes`, `conversation`, `log`. */
  readonly source: string;
  /** The ARN, id or address it is about. */
  readonly about?: string;
  /** Lines to show, oldest first. */
  readonly lines: readonly string[];
  /** Indexes of the lines that decided it. */
  readonly marked?: readonly number[];
}

/** A mistake that a check recognized, with hints that start where the learner is. */
export interface Finding {
  /** `key-differs`: hints are counted separately for each. */
  readonly id: string;
  /**
   * Like a check's own hints, but possibly fewer. The last one is the patch; the diff to the solution is added to it.
   */
  readonly hints: readonly string[];
}

/** A check's conclusion from its observation. */
export type Judgement =
  | {
      readonly outcome: 'passed';
      /** Worth knowing although it passed. */
      readonly remark?: string;
      /** One sentence: what was seen. */
      readonly actual: string;
      readonly evidence: readonly Evidence[];
      readonly at?: At;
      /** True only because of a manual change in the account: a fresh deployment will lose it. */
      readonly byHand?: boolean;
      /** Passed because lists lack something. Until those show every change, the check looks again. */
      readonly byAbsence?: boolean;
    }
  | {
      readonly outcome: 'failed';
      /** One sentence: what was seen. */
      readonly actual: string;
      readonly evidence: readonly Evidence[];
      readonly at?: At;
      /** The exact line, if it is known; otherwise `at` says where to look. */
      readonly place?: Place;
      /** Based on lists of existing resources. Once those show every change, looking again is pointless. */
      readonly settled?: boolean;
      /** The AWS service that may still be spreading a fix: `IAM`. */
      readonly waitsFor?: string;
      /** The mistake that was recognized, if the check's own hints don't fit. */
      readonly finding?: Finding;
    }
  | { readonly outcome: 'pending'; readonly until: Date; readonly reason: string }
  /** The observation decides nothing, and the room is not at fault: reported as broken. */
  | {
      readonly outcome: 'inconclusive';
      readonly reason: string;
      readonly next: string;
      /** May pass in a moment: retried as long as a check that failed. */
      readonly passing?: boolean;
    };

/** One thing that should be true of the deployed room. A plain object in its own file, named after its id. */
export interface Check<Observation> {
  readonly id: string;
  /** States the fact that is true when it passes, in the learner's words. */
  readonly title: string;
  /** Ids of checks that must pass first. */
  readonly needs: readonly string[];
  /**
   * Gathers evidence and returns plain data. Never repairs anything, and removes what it created. A rejection means
   * that the checker could not look, which is never the learner's fault.
   */
  observe(subject: Subject): Promise<Observation>;
  /** One sentence. */
  readonly expected: string;
  /** Pure. */
  judge(observation: Observation): Judgement;
  /** Hints: the symptom, where to look, the concept, the patch. */
  readonly hints: readonly [string, string, string, string];
  /** The mistakes that `judge` can recognize, each with its own hints. */
  readonly findings?: readonly Finding[];
  /** The lab's page, relative to the workshop's folder, and AWS's page. */
  readonly docs: { readonly lab: string; readonly aws: string };
}

/** A check whose observation type is hidden. */
export type AnyCheck = Check<unknown>;

/** Types a check from its parts. */
export function check<Observation>(definition: Check<Observation>): Check<Observation> {
  return definition;
}

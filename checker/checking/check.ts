import type { Target } from '../aws/target.ts';
import type { Scene } from './scene.ts';

/** What the checks of one lab look at: one deployed stack, in one account. */
export interface Subject {
  /** The workshop's folder: what a check keeps for a later one is in `.lab` there. */
  readonly root: string;
  readonly target: Target;
  /** The lab's id, `01-missing-route`. */
  readonly lab: string;
  /** The stack's name, `chat-01-missing-route`. */
  readonly stackName: string;
  /** Physical ids by logical id, with types, as the account has them. */
  readonly resources: readonly StackResource[];
  /** The stack's outputs. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The stack as a whole, as the account has it. */
  readonly stack: StackState;
  /** The WebSocket API and the stage that people come in by, or why there is none. */
  readonly room: Room | { readonly missing: string };
  /** Returns where a construct or a line of a handler is in the learner's files; undefined if it can't be found. */
  locate(at: At): Place | undefined;
  /** Returns the first line of the learner's `stack.ts` that one of these matches, in their order. */
  find(patterns: readonly RegExp[]): Place | undefined;
  /** When this run of the checks began, in milliseconds: what was logged before is of another one. */
  readonly began?: number;
  /** Aborted when the command is interrupted: what a check brought, it takes away. */
  readonly signal: AbortSignal;
  /** Takes something away after the lab's checks: it is waited for once, and also when they were interrupted. */
  afterwards(task: () => Promise<void>): void;
  /** What checks share: made when the first asks for it, then the same for all of them. Known by the function that makes it. */
  once<T>(make: (subject: Subject) => Promise<T>): Promise<T>;
}

/** Whether there is a stack to look at. One that is being changed is neither: the checker then cannot look. */
export type StackState =
  | {
      readonly deployed: false;
      readonly reason: string;
      /** Its first deployment failed, and nothing else did it ever have. */
      readonly failed?: {
        /** Whether all that it had made was taken away again. */
        readonly isUndone: boolean;
        /** The logical id of what failed, where the template tells its path. */
        readonly at?: string;
      };
    }
  | {
      readonly deployed: true;
      /** The stack's ARN. */
      readonly id: string;
      /** `UPDATE_COMPLETE`. After a roll back, the room is what it was before. */
      readonly status: string;
      /** When it was last changed, in milliseconds. */
      readonly changedAt: number;
    };

/** The door of the room: one API, one stage of it. */
export interface Room {
  readonly apiId: string;
  /** The API's logical id in the stack's template. */
  readonly api: string;
  readonly stageName: string;
  /** The stage's logical id in the stack's template; undefined where the stack did not make it. */
  readonly stage?: string;
  /** Where sockets are opened: `wss://….execute-api.us-east-1.amazonaws.com/room`. */
  readonly address: string;
  /** By what of a message the API finds its route; `$request.body.action` where it does not say. */
  readonly routeSelection?: string;
}

export interface StackResource {
  readonly logicalId: string;
  readonly physicalId: string;
  /** `AWS::ApiGatewayV2::Route` */
  readonly type: string;
  /** The id of the stack that made it, if that isn't the lab's own: a nested one, or one that it imports from. */
  readonly stack?: string;
}

/** A line of a file of the learner's, relative to the workshop's folder, with `/`. */
export interface Place {
  readonly file: string;
  readonly line: number;
  /** `chat-01-missing-route/Room`, the construct's path, where known. */
  readonly construct?: string;
}

/** A line of a handler's source: the first that contains one of the texts, or else the line that exports the handler. */
export interface HandlerLine {
  /** The file's name: `send-message.ts`. */
  readonly handler: string;
  /** What to look for, the most telling text first. */
  readonly near: readonly string[];
}

/** What a judgement points at: a construct by its logical id or path (for a missing one, its parent's), or a handler. */
export type At = string | HandlerLine;

/** What a check saw and where: the API call or the conversation, the ARN or address, the excerpt. */
export interface Evidence {
  /** `GetRoutes`, `conversation`, `log`. */
  readonly source: string;
  /** The ARN, id or address it is about. */
  readonly about?: string;
  /** Lines to show, oldest first. */
  readonly lines: readonly string[];
  /** Which of the lines decided it, counted from 0. */
  readonly marked?: readonly number[];
}

/** What a check recognized in what it saw, with the ladder of hints that begins where the learner stands. */
export interface Finding {
  /** `key-differs`: hints are counted for each by itself. */
  readonly id: string;
  /** As a check's own ladder, and perhaps shorter: the last is the patch, and the file's difference to the solution is put to it. */
  readonly hints: readonly string[];
}

/** What a check makes of what it observed. */
export type Judgement =
  | {
      readonly outcome: 'passed';
      /** What is worth knowing although it is right. */
      readonly remark?: string;
      /** One sentence: what was seen. */
      readonly actual: string;
      readonly evidence: readonly Evidence[];
      readonly at?: At;
      /** It is so in the account only, by somebody's hand: a fresh deployment of the file lacks it. */
      readonly byHand?: boolean;
    }
  | {
      readonly outcome: 'failed';
      /** One sentence: what was seen. */
      readonly actual: string;
      readonly evidence: readonly Evidence[];
      readonly at?: At;
      /** The very line, if it is known; `at` otherwise tells where to look. */
      readonly place?: Place;
      /** Nothing that is still spreading through AWS could change it: looking again is of no use. */
      readonly settled?: boolean;
      /** What of AWS may still be spreading a change that would make it right: `IAM`. */
      readonly waitsFor?: string;
      /** What of the fault was recognized, where the check's own ladder of hints does not fit. */
      readonly finding?: Finding;
    }
  | { readonly outcome: 'pending'; readonly until: Date; readonly reason: string }
  /** What was seen decides nothing, and that is nobody's mistake in the room: told as broken. */
  | { readonly outcome: 'inconclusive'; readonly reason: string; readonly next: string };

/** One thing that should be true of the deployed room. A plain object in a file of its own, named by its id. */
export interface Check<Observation> {
  readonly id: string;
  /** What should be true, in the learner's words. */
  readonly title: string;
  /** Ids of checks that must pass first. */
  readonly needs: readonly string[];
  /**
   * Gathers evidence and returns plain data; never repairs anything, and takes away what it brought.
   * A rejection means that the checker could not look, which is never the learner's fault.
   */
  observe(subject: Subject): Promise<Observation>;
  /** One sentence. */
  readonly expected: string;
  /** Pure. */
  judge(observation: Observation): Judgement;
  /** A ladder: the symptom, where to look, the concept, the patch. */
  readonly hints: readonly [string, string, string, string];
  /** What `judge` can recognize: each has a ladder of its own. */
  readonly findings?: readonly Finding[];
  /** The lab's page, relative to the workshop's folder, and AWS's page. */
  readonly docs: { readonly lab: string; readonly aws: string };
}

/** A check whose observation is its own affair. */
export type AnyCheck = Check<unknown>;

/** Types a check from its parts. */
export function check<Observation>(definition: Check<Observation>): Check<Observation> {
  return definition;
}

/** What became of one check. */
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
      /** It is so in the account only, by somebody's hand. */
      readonly byHand?: boolean;
    }
  | {
      readonly status: 'failed';
      readonly actual: string;
      readonly evidence: readonly Evidence[];
      readonly place?: Place;
      readonly finding?: Finding;
    }
  | {
      readonly status: 'blocked';
      readonly by: string;
      /** Of what it waits for, or else of the room's API. */
      readonly place?: Place;
    }
  | { readonly status: 'pending'; readonly until: string; readonly reason: string }
  | {
      readonly status: 'broken';
      readonly reason: string;
      readonly next: string;
      /** The account was looked at, and what was looked for is not there. */
      readonly notFound?: true;
    }
);

/** How three things that should be one are apart. */
export interface Drift {
  /**
   * `file ahead`: what is deployed is the lab as it was shipped, and the file was changed since. `older deployed`: the
   * file was deployed, and changed since. `by hand`: the account has what neither the file nor the deployment says.
   * `gone`: the account lacks what was deployed, and no deployment brings it back. `changed`: what was deployed has other
   * properties in the account, and deploying an unchanged file doesn't set them back.
   */
  readonly kind: 'file ahead' | 'older deployed' | 'by hand' | 'gone' | 'changed';
  /** What deploying the file would do: `adds AWS::ApiGatewayV2::Route Api/sendmessage-Route`. */
  readonly changes: readonly string[];
  /** No deployment from this folder is known: it may be that of another clone. */
  readonly fromElsewhere?: true;
  /** What was deleted by hand: `AWS::ApiGatewayV2::Route Api/sendmessage-Route`. */
  readonly gone?: readonly string[];
  /** What was changed by hand: `AWS::Lambda::Function SendMessage: Handler, Environment`. */
  readonly changed?: readonly string[];
  /** The AWS CLI's commands that set all of that back; none if the template alone doesn't tell how. */
  readonly setBack?: readonly string[];
}

/** What became of a lab. */
export interface Verdict {
  readonly lab: string;
  readonly title: string;
  readonly status: 'fixed' | 'not fixed' | 'not deployed' | 'not deployed yet' | 'pending' | 'broken';
  /** A sentence or two beside the status: `The files were changed since this was deployed.` */
  readonly remark?: string;
  /** How the learner's file, what is deployed and the account differ, where they do and it can be told. */
  readonly drift?: Drift;
  readonly checks: readonly Result[];
  readonly target: { readonly kind: 'practice' | 'aws'; readonly title: string; readonly region: string };
  /** The room's address, where the lab is deployed. */
  readonly room?: string;
}

/** What a room should be, in the four words of the story. */
export type Tag = 'secure' | 'robust' | 'cost' | 'available';

/** A lab, as the registry in `checker/workshop/labs.ts` lists it. */
export interface Lab {
  /** The folder's name in all four trees. */
  readonly id: string;
  /** `The missing route` */
  readonly title: string;
  /** What the person who complains says. */
  readonly complaint: string;
  /** What the lab is about. */
  readonly tags?: readonly Tag[];
  readonly checks: readonly AnyCheck[];
  /** The ids of the checks that fail at the start; the others pass or are blocked. */
  readonly failsAtStart: readonly string[];
  /** The complaint, played in the deployed room. */
  readonly scene?: Scene;
  /** How long a class takes, and how much of it the instructor talks: the lists of labs show it. */
  readonly minutes?: { readonly all: number; readonly talking: number };
  /** The lab is still being written: its proof asks for one repair and one shortcut only. */
  readonly draft?: true;
}

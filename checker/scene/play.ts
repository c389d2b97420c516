import type { Target } from '../aws/target.ts';
import type { Lab } from '../checking/lab.ts';
import type { SceneSet } from '../checking/scene.ts';
import { openSubject } from '../checking/subject.ts';
import { LabError } from '../failures/errors.ts';
import { explainFailure } from '../failures/failure.ts';
import { RefusedError } from '../probe/handshake.ts';
import { labFolder } from '../workshop/lab-files.ts';
import { shortName } from '../workshop/short-name.ts';

export interface PlayOptions extends Pick<SceneSet, 'tell' | 'overhear' | 'untilSeen'> {
  readonly root: string;
  readonly lab: Lab;
  readonly target: Target;
  readonly signal: AbortSignal;
}

/**
 * Plays a lab's scene in its deployed room. Everything the scene created is removed before it resolves or rejects.
 * Rejects with a LabError if the lab has no scene or no room, or if the scene can't be played to its end, and if the
 * signal aborts it.
 */
export async function playScene({ root, lab, target, signal, ...audience }: PlayOptions): Promise<void> {
  const { scene } = await lab.load();
  const number = shortName(lab.id);
  if (scene === undefined)
    throw new LabError(`Lab ${number} has no scene.`, "The lab's README says how to see what's wrong.");
  const open = await openSubject({ root, labFolder: labFolder(root, lab.id), lab: lab.id, target, signal });
  try {
    const { subject } = open;
    if ('missing' in subject.room) throw new LabError(subject.room.missing, `\`npx lab deploy ${number}\` deploys it.`);
    audience.tell(scene.title);
    await scene.play({ subject, room: subject.room, ...audience });
  } catch (error) {
    signal.throwIfAborted();
    throw explained(error, number, target);
  } finally {
    await open.close();
  }
}

function explained(error: unknown, number: string, target: Target): LabError {
  if (error instanceof LabError) return error;
  if (error instanceof RefusedError) {
    const what = `The room rejected a visitor at the handshake (${error.status}), so the scene ended.`;
    return new LabError(what, `\`npx lab check ${number}\` says why.`, { cause: error });
  }
  const { reason, next } = explainFailure(error, target);
  return new LabError(reason, next, { cause: error });
}

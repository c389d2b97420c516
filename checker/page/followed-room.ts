import { sameAccount } from '../aws/open.ts';
import type { Target } from '../aws/target.ts';
import { stackNameOf } from '../checking/subject.ts';
import { LabError } from '../failures/errors.ts';
import { findRoom } from '../observe/room.ts';
import { observeStack } from '../observe/stack.ts';
import { shortName } from '../workshop/short-name.ts';
import { pageScene } from './page-scene.ts';
import { type ServedRoom, servedRoom } from './served-room.ts';

/** A lab's room, wherever it is now: it may be destroyed and deployed again, and its account may get another port. */
export class FollowedRoom {
  readonly #root: string;
  readonly #lab: string;
  #target: Target;
  #last: ServedRoom | undefined;
  #looking: Promise<ServedRoom> | undefined;
  #following: Promise<Target> | undefined;

  constructor(root: string, lab: string, target: Target) {
    this.#root = root;
    this.#lab = lab;
    this.#target = target;
  }

  /**
   * Finds the room. If there was one before and there is none now, returns the last one with the reason why it is gone.
   */
  look(): Promise<ServedRoom> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #look(): Promise<ServedRoom> {
    try {
      await this.target();
      this.#last = await this.#find();
      return this.#last;
    } catch (error) {
      if (this.#last === undefined || !(error instanceof LabError)) throw error;
      return { ...this.#last, gone: `${error.message} ${error.next}`.trim() };
    }
  }

  async #find(): Promise<ServedRoom> {
    const stackName = stackNameOf(this.#lab);
    const { state, resources, outputs } = await observeStack(this.#target, stackName);
    const room = state.deployed ? await findRoom(this.#target, resources, outputs) : { missing: state.reason };
    if ('missing' in room) throw new LabError(room.missing, `\`npx lab deploy ${shortName(this.#lab)}\` deploys it.`);
    const served = servedRoom(this.#target, { lab: this.#lab, stackName, resources, outputs, room: room.address });
    return { ...served, scene: await pageScene(this.#root, this.#lab, this.#target) };
  }

  /** Returns the account, wherever it is running now. */
  target(): Promise<Target> {
    this.#following ??= sameAccount(this.#root, this.#target)
      .then((target) => {
        this.#target = target;
        return target;
      })
      .finally(() => {
        this.#following = undefined;
      });
    return this.#following;
  }

  /** Allows the page at this origin to connect to the room. */
  admit(origin: string): Promise<void> {
    return this.#target.allowPage(origin);
  }

  close(): Promise<void> {
    return this.#target.close();
  }
}

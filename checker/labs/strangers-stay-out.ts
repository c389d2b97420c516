import { type AnyCheck, check } from '../checking/check.ts';
import { type Observation, strangerIsRefused } from './03-no-auth/stranger-is-refused.ts';
import { docs } from './docs.ts';

/** Lab 3's repair still holds. The check is lab 3's, with hints for somebody who undid that repair. */
export function strangersStayOut(lab: string): AnyCheck {
  const number = lab.slice(0, 2);
  return check<Observation>({
    ...strangerIsRefused,
    title: 'Strangers are still rejected',
    expected: 'Mallory connects without a token. The handshake is rejected with 401 or 403.',
    judge(observation) {
      const judgement = strangerIsRefused.judge(observation);
      if (judgement.outcome !== 'failed') return judgement;
      // Lab 3's findings point at its own files.
      const { finding: _, ...more } = judgement;
      return more;
    },
    hints: [
      'Somebody without a token gets in again. The lab started with that repaired, so one of your changes broke it.',
      `\`npx lab diff ${number}\` shows what you changed. Look at the options of $connect and at the authorizer's function.`,
      "This lab's fault is somewhere else. A room stays secure only if no change undoes earlier repairs.",
      'How your files differ from the solution:',
    ],
    findings: [],
    docs: docs(lab, strangerIsRefused.docs.aws),
  });
}

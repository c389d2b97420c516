import type { AnyCheck } from '../../checking/check.ts';
import { tickets } from '../../sign-in/tickets.ts';
import { roomIsDeployed } from '../room-is-deployed.ts';
import { strangersStayOut } from '../strangers-stay-out.ts';
import { twoPeopleTalk } from '../two-people-talk.ts';
import { channelsAreSeparate } from './channels-are-separate.ts';
import { onlyMembersGetIn } from './only-members-get-in.ts';

export { salesListens as scene } from './scene.ts';

const lab = '09-leaky-channels';

export const checks: readonly AnyCheck[] = [
  roomIsDeployed(lab),
  strangersStayOut(lab),
  onlyMembersGetIn,
  channelsAreSeparate,
  twoPeopleTalk({
    lab,
    needs: ['channels-are-separate'],
    tickets,
    keeps: {
      handler: 'channels/send-message.ts',
      repairs: ['true name', 'stale connections', 'every page', 'throttle', 'sign-up'],
    },
    hints: [
      'The channels are separate, but in `general`, the default channel, not everyone gets every message once.',
      'Read the conversation and the log of the function behind the route: `npx lab check 09` shows both.',
      "This lab's only fault is who gets a message. Another change broke something else: the message's content, how often it is sent, or the default channel.",
      '`npx lab diff 09` shows what you changed in functions/channels/send-message.ts.',
    ],
  }),
];

export const failsAtStart = ['channels-are-separate'];

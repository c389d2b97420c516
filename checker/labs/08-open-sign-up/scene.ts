import type { Scene } from '../../checking/scene.ts';
import { answers, says } from '../../probe/frames.ts';
import { saying } from '../../probe/sayings.ts';
import { visit } from '../../probe/visit.ts';
import { userName } from '../../probe/visitor-name.ts';
import { FREE_MAIL } from '../../sign-in/company.ts';
import { setPassword } from '../../sign-in/guests.ts';
import { openPool } from '../../sign-in/open-pool.ts';
import { signIn } from '../../sign-in/sign-in.ts';
import { signUp } from '../../sign-in/sign-up.ts';
import { tickets } from '../../sign-in/tickets.ts';

/** Somebody with a free mail address signs up and listens. */
export const aRivalListens: Scene = {
  title: 'Mallory signs up with a free mail address.',
  async play({ subject, room, tell, overhear, untilSeen }) {
    const open = await subject.once(openPool);
    const { client } = open;
    const name = userName('Mallory');
    const address = `${name}@${FREE_MAIL}`;
    const { admission, credentials } = await signUp(subject, open, { name, address });
    if (admission.kind !== 'accepted') {
      tell(`${address} wants an account. Cognito rejects it: ${admission.message}`);
      await untilSeen();
      return;
    }
    tell(`${address} signed up and confirms the address with the code from the mail.`);
    // Confirms the user as an administrator: the checker reads nobody's mail.
    await setPassword(subject, client.poolId, credentials);
    const { id, access } = await signIn(subject, client, credentials);
    const ticketOf = await tickets(subject);
    await visit(
      subject,
      room.address,
      async ({ join }) => {
        const ada = await join('Ada', await ticketOf('Ada'));
        const mallory = await join('Mallory', {
          token: id,
          username: credentials.username,
          secrets: [id, access, credentials.password],
        });
        const text = saying();
        ada.say({ action: 'sendmessage', text });
        const [, heard] = await Promise.all([ada.hears(answers(text)), mallory.hears(says(text), 3_000)]);
        tell(heard === undefined ? 'Mallory got nothing.' : "Mallory reads Ada's message, like everyone in the room.");
        await untilSeen();
      },
      overhear,
    );
  },
};

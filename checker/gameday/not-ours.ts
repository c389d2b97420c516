import type { Grievance } from './fault.ts';

/** Complaints about things that the room doesn't cause, by name. */
export const notOurs: Readonly<Record<string, Grievance>> = {
  'office-wifi': {
    from: 'Barbara',
    complaint:
      'Since we moved to the new office I get "Not connected", and so do the two who sit next to me. At home it works, on the same laptop.',
    look: 'Do others connect at the same time? Follow handshakes with `npx lab trace gameday --follow`: if somebody fails to connect and no handshake arrives, the request never reached API Gateway.',
    cause:
      'The guest Wi-Fi of the new office lets HTTPS through and drops the upgrade to a WebSocket. The handshake never leaves the building, so nothing in the account can repair it.',
  },
  'wrong-address': {
    from: 'Ken',
    complaint:
      'I typed the address from the poster in the kitchen, and the browser says that it cannot find the server.',
    look: 'Compare what the browser says with what the room answers. "Cannot find the server" is DNS: no request was sent. Does the address that the stack outputs work for you?',
    cause:
      'The poster has a typo in the address. A name that does not resolve never reaches the room; the address that the stack outputs works.',
  },
  'caps-lock': {
    from: 'Edsger',
    complaint: 'It says that my user name or password is wrong. I have used this password for months.',
    look: 'Can others sign in? Sign up a user of your own in the chat page and sign in. Cognito says the same for a wrong password and for an unknown user, so look whether anyone but one person is affected.',
    cause:
      'Caps Lock was on. The pool and its client are as they should be: others sign in, and he does too once he types the password.',
  },
  'spam-folder': {
    from: 'Margaret',
    complaint: 'I signed up an hour ago, and the code by email has never come. My colleague got hers at once.',
    look: 'Look at the mail that the pool sent: sign up in the chat page, and see whether a code comes. What happens to mail after it was sent is not in the account.',
    cause: 'Her mail program sorted the code into the spam folder. The pool sent it, and the colleague got hers.',
  },
};

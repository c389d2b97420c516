import type { Grievance } from './fault.ts';

/** Complaints about things that the room doesn't cause, by name. */
export const notOurs: Readonly<Record<string, Grievance>> = {
  'office-wifi': {
    from: 'Barbara',
    complaint:
      'Since we moved to the new office I get "Connection lost", and so do the two who sit next to me. At home it works, on the same laptop.',
    look: 'Do others connect at the same time? Follow handshakes with `npx lab trace gameday --follow`: if somebody fails to connect and no handshake arrives, the request never reached API Gateway.',
    cause:
      'The guest Wi-Fi of the new office allows HTTPS but drops WebSocket upgrades. The handshake never leaves the building, so nothing in the account can repair it.',
  },
  'wrong-address': {
    from: 'Ken',
    complaint:
      'I typed the address from the poster in the kitchen, and the browser says that it cannot find the server.',
    look: 'Compare the browser\'s error with an answer of the room. "Cannot find the server" is DNS: no request was sent. Does the address that the stack outputs work for you?',
    cause:
      'The poster has a typo in the address. A name that does not resolve never reaches the room; the address that the stack outputs works.',
  },
  'caps-lock': {
    from: 'Edsger',
    complaint: 'It says that my user name or password is wrong. I have used this password for months.',
    look: 'Can others sign in? Sign up your own user on the chat page and sign in. Cognito gives the same answer for a wrong password and an unknown user, so find out whether more than one person is affected.',
    cause:
      'Caps Lock was on. The pool and its client are fine: others can sign in, and so can he when he types the password correctly.',
  },
  'spam-folder': {
    from: 'Margaret',
    complaint: 'I signed up an hour ago, and the code by email has never come. My colleague got hers at once.',
    look: 'Look at the mail that the pool sent: sign up on the chat page, and see whether a code comes. The account does not know what happens to mail after it was sent.',
    cause: 'Her mail program sorted the code into the spam folder. The pool sent it, and the colleague got hers.',
  },
};

import type { Finding } from '../../checking/check.ts';

// What can be wrong with a room whose names can't be trusted, each with the ladder that begins where the learner stands.
// The check's own ladder is for the fault as it was shipped.

const patch = "The name from the sender's row and from nothing else, in functions/send-message.ts:";

/** Somebody closed one way to claim a name, and another is open. */
export const anotherField: Finding = {
  id: 'another-field',
  hints: [
    'The claim that you stopped is only one of many. The same trick works with another field of the message.',
    'List what your handler still reads from the message. Which of it is more than the text?',
    'A list of what is forbidden is never complete: fields can have any name, any case, and can be inside of others. A list of what is allowed is short. A message consists of an action and a text, and nothing else in it counts.',
    patch,
  ],
};

/** Claims of some names are stopped, and of others not. */
export const someNames: Finding = {
  id: 'some-names',
  hints: [
    'Some claims are stopped now, and others are not: it depends on the name that somebody claims.',
    'Your handler looks at the claimed value and decides whether to believe it. What does it do with a name that nobody has, with a list, with nothing at all?',
    'A claim does not become true because nobody else has that name or because it has an unusual form. The handler knows who sent the message without asking: the name is on the row of the connection that the message came by.',
    patch,
  ],
};

/** A claimed name is compared with the true one, and not exactly. */
export const lookalike: Finding = {
  id: 'lookalike',
  hints: [
    'Nobody can speak as somebody else now, but people can still change how their own name looks.',
    'Your handler compares the claimed name with the true one. Which names does the comparison take for the same, and which of the two does the room show then?',
    'Names that differ only by case, an accent or a letter of another alphabet look alike and belong to different people: "ada" and "Ada" can both sign up. A comparison that ignores such differences turns one into the other. There is nothing to compare if the name is never read from the message.',
    patch,
  ],
};

/** A claim is kept, and counts for later messages. */
export const remembered: Finding = {
  id: 'remembered',
  hints: [
    'Somebody sends an ordinary message, and it appears under a name that they claimed before.',
    'Where does your handler keep names from one message to the next? What puts them there?',
    'A name that was claimed once is as untrue later. Keep only what $connect wrote, after the authorizer had verified the token.',
    patch,
  ],
};

/** The name is that of the address. */
export const ofTheAddress: Finding = {
  id: 'of-the-address',
  hints: [
    'People are called whatever the address says that they came by.',
    "The function behind $connect writes down each person's name. Where does it look first?",
    'The address of a handshake is written by the client too. `?name=` is for rooms without sign-in. With an authorizer, the name is in `requestContext.authorizer.username`, which API Gateway fills from the verified token.',
    'The function behind $connect as it was shipped, app/functions/connect.ts, prefers the name of the token: `requestContext.authorizer?.username ?? …`.',
  ],
};

/** The room says the true name, and the claimed one beside it. */
export const passedOn: Finding = {
  id: 'passed-on',
  hints: [
    'The room says who wrote a message, and sends what the sender claimed along with it.',
    'Your handler copies fields of the message into what everybody gets. Which ones?',
    'A client that shows another field than `from` shows the claim. docs/wire-format.md lists the five fields of a message; build what you send from these, one by one, and never by spreading what came in.',
    'What is said has five fields, in functions/send-message.ts:',
  ],
};

/** What is sent is not built as JSON, but as a text. */
export const byHand: Finding = {
  id: 'by-hand',
  hints: [
    'A text with quotation marks in it does not arrive as it was written.',
    'Look at the line that builds what everybody gets. What becomes of a quotation mark in `text` there?',
    'Where JSON is put together as a text, a quotation mark ends a value and what follows counts as further fields: `x","from":"Grace` is then a name. `JSON.stringify` escapes it.',
    'What is said is built as an object, in functions/send-message.ts:',
  ],
};

/** The function throws if a message has something unexpected in it. */
export const crashes: Finding = {
  id: 'crashes',
  hints: [
    'A message with something unexpected in it makes the function fail.',
    'The sender gets "Internal server error". The log of the function has the error: `npx lab check` shows where to look.',
    'A message that the room rejects is normal, and an error of the function is not: it counts in the metrics, it rings alarms, and it tells the sender nothing. Answer with `tellSender`, or ignore the field.',
    patch,
  ],
};

/** Messages get lost. */
export const unheard: Finding = {
  id: 'unheard',
  hints: [
    'Nobody is impersonated now, but messages get lost.',
    'Look at the conversation: what was sent, who got it, and what was the sender told? Where does your handler return early?',
    'A handler can ignore the additional fields of a message, or reject the message for everyone and tell its sender why. A message without such fields must reach everyone.',
    patch,
  ],
};

import type { Finding } from '../../checking/check.ts';

// Mistakes that leave a room's names untrustworthy, each with hints that start where the learner is. The check's own
// hints are for the fault as shipped.

const patch = "The name from the sender's row and from nothing else, in functions/send-message.ts:";

/** One way to claim a name is closed, and another one is open. */
export const anotherField: Finding = {
  id: 'another-field',
  hints: [
    'You closed one of many ways to claim a name. The same trick works with another field of the message.',
    'List everything your handler still reads from the message, apart from the text.',
    'A denylist is never complete: fields can have any name and any case, and can be nested. An allowlist is short: a message consists of an action and a text, and nothing else in it counts.',
    patch,
  ],
};

/** The room trusts what a connection says about its client. */
export const trustedClient: Finding = {
  id: 'trusted-client',
  hints: [
    'Most people can no longer choose a name. People who connect with a certain client still can.',
    "What does your handler know about a connection besides its id and its user's name, and who wrote that?",
    'The client writes the whole handshake, too: the parameters of the URL, `User-Agent`, `Origin`, and every other header. Anyone can send what your desktop client sends, so none of it can decide whose name a message carries.',
    patch,
  ],
};

/** The room trusts what the names of some users begin or end with. */
export const trustedUser: Finding = {
  id: 'trusted-user',
  hints: [
    'Most people can no longer choose a name. People with certain usernames still can.',
    "Which lines of your handler look for something in the sender's own name? Who can have such a name?",
    'Anyone can choose their username when they sign up, so `svc-` at its beginning or `-bot` at its end proves nothing. Every message carries the name that its sender signed in with.',
    patch,
  ],
};

/** Another route runs a handler that trusts a name in the message, or stores it. */
export const anotherAction: Finding = {
  id: 'another-action',
  hints: [
    '`sendmessage` no longer trusts a name in a message, but another action still does.',
    'List the routes of your API, `$default` included. Which of them run a handler that sends messages to everyone, or stores a name?',
    "The client also chooses the action, so anyone can use every route. A route for one client is open to all others. Whichever route a message takes, its name must be one that the room has checked: the sender's own.",
    'How the solution finds the name, in functions/send-message.ts. The same goes for the handlers of the other routes:',
  ],
};

/** Claims of some names are blocked, and claims of others aren't. */
export const someNames: Finding = {
  id: 'some-names',
  hints: [
    'Some claims are blocked now, but not others: it depends on the claimed name.',
    'Your handler looks at the claimed value and decides whether to believe it. What does it do with a name that nobody has, with a list, with nothing at all?',
    "A claim doesn't become true because nobody else has that name, or because its format is unusual. The handler already knows who sent the message: the name is in the row of the sender's connection.",
    patch,
  ],
};

/** A claimed name is compared with the true one, but not exactly. */
export const lookalike: Finding = {
  id: 'lookalike',
  hints: [
    'People can no longer impersonate others, but they can still change how their own name looks.',
    'Your handler compares the claimed name with the true one. Which names does it consider equal, and which of the two does the room show then?',
    'Names that differ only by case, an accent or a letter of another alphabet look alike and belong to different people: "ada" and "Ada" can both sign up. A comparison that ignores such differences turns one into the other. If you never read a name from the message, there is nothing to compare.',
    patch,
  ],
};

/** A claimed name is stored and used for later messages. */
export const remembered: Finding = {
  id: 'remembered',
  hints: [
    'Somebody sends an ordinary message, and it appears under a name that they claimed before.',
    'Where does your handler keep names from one message to the next? What puts them there?',
    "A false claim doesn't become true later. Neither does one in a message without a text, or in one that the room rejects. Use only the name that $connect stored, after the authorizer had verified the token.",
    patch,
  ],
};

/** The name comes from the URL or the headers of the handshake. */
export const ofTheAddress: Finding = {
  id: 'of-the-address',
  hints: [
    'The room uses a name that people claim when they connect.',
    "The function behind $connect stores each person's name. Where does it look first?",
    'The client also controls the URL and the headers of the handshake. `?name=` is for rooms without sign-in. With an authorizer, the name is in `requestContext.authorizer.username`, which the authorizer sets from the verified token.',
    "The original function behind $connect, app/functions/connect.ts, prefers the token's name: `requestContext.authorizer?.username ?? …`.",
  ],
};

/** The name comes from an attribute that people write about themselves. */
export const ofTheProfile: Finding = {
  id: 'of-the-profile',
  hints: [
    'The room uses a name that people write about themselves.',
    'The token has the name that somebody signed in with, and their attributes. Which of these does the room use?',
    "Cognito signs the whole token, but it doesn't know whether an attribute is true: with the pool's client, anyone can write any name in `name`, `nickname` or `preferred_username`, when they sign up and later. No two users have the same `cognito:username`, and nobody can change theirs.",
    "The room's own authorizer, app/functions/authorizer.ts, passes on `claims['cognito:username']`.",
  ],
};

/** The room gives the true name, and the claimed one with it. */
export const passedOn: Finding = {
  id: 'passed-on',
  hints: [
    'The room says who wrote a message, but it also delivers what the sender claimed.',
    'Your handler copies fields of the message into what everyone gets. Which ones?',
    'A client that shows a field other than `from` shows the claim. docs/wire-format.md lists the five fields of a message. Set these one by one, and never spread what the client sent.',
    'A delivered message has five fields, in functions/send-message.ts:',
  ],
};

/** The delivered message is built as a string instead of JSON. */
export const byHand: Finding = {
  id: 'by-hand',
  hints: [
    "A text with quotation marks doesn't arrive as it was written.",
    'Look at the line that builds what everyone gets. What happens to a quotation mark in `text` there?',
    'If you build JSON by joining strings, a quotation mark ends a value, and what follows becomes additional fields: `x","from":"Grace` is then a name. `JSON.stringify` escapes it.',
    'Build the delivered message as an object, in functions/send-message.ts:',
  ],
};

/** People get a text that the sender didn't write. */
export const altered: Finding = {
  id: 'altered',
  hints: [
    "People get a text that its sender didn't write.",
    'Compare what was sent with what arrived, in the conversation. Which line of your handler changes the text, and what does it add?',
    "A claimed name in front of the text is still a claimed name, and people read it as one. Deliver `text` exactly as it was sent: how it is shown is the client's business.",
    patch,
  ],
};

/** The room takes a name from the text. */
export const ofTheText: Finding = {
  id: 'of-the-text',
  hints: [
    "A name in a text still changes a message's sender, or the text itself.",
    'Which lines of your handler look for something in `text`, apart from whether there is any and how long it is?',
    'People write the text, so a name in it is a claim like one in a field: `Grace: I quit`, `/nick Grace`, `I quit -- Grace`. Deliver the text exactly as it was sent, under the name of the connection.',
    patch,
  ],
};

/** A text of 4 KB is cut or rejected. */
export const longText: Finding = {
  id: 'long-text',
  hints: [
    "Short messages arrive, but a long one doesn't arrive as it was written.",
    'Which lines of your handler look at the length of `text`, or take a part of it?',
    "A text can have 4 KB, which is 4096 bytes and `LONGEST_TEXT`, and the room delivers all of it. Don't cut or reject long texts: lab 5 is only about the name.",
    'How your files differ from the solution:',
  ],
};

/** Nobody claimed the name that a message has. */
export const wrongName: Finding = {
  id: 'wrong-name',
  hints: [
    'A message that claims nothing has a wrong name now, or none.',
    'Compare the two names in the conversation. Which value does your handler put into `from`? Log it.',
    "A row's attributes have types: `sender.name` is `{ S: 'ada' }`, and `sender.name.S` is the name. `principalId` is a user's id; the authorizer passes the name as `username`. Deliver it unchanged. And a variable outside of the handler outlives the message: the next sender would get the name of the first.",
    patch,
  ],
};

/** The function fails whatever a message contains. */
export const fails: Finding = {
  id: 'fails',
  hints: [
    'Even the sender of an ordinary message gets "Internal server error".',
    'Read what the function logged: `npx lab check` shows it. If it logged nothing, it may never have been invoked.',
    "API Gateway sends that if the function throws, times out, returns no `statusCode`, or can't be invoked. The lab as shipped does none of this, so look at what changed since: your edit, or something in the account, such as the environment of the function or its role.",
    'How your files differ from the solution:',
  ],
};

/** The function throws if a message contains something unexpected. */
export const crashes: Finding = {
  id: 'crashes',
  hints: [
    'A message with unexpected content makes the function fail.',
    'The sender gets "Internal server error". The function\'s log has the error: `npx lab check` shows where to look. If it has none, your handler returned nothing there.',
    'Rejecting a message is normal. A failing function isn\'t: it shows up in metrics, triggers alarms, and gives the sender no reason. A value can be anything that JSON can hold: `String(value)` and templates throw for `{"toString":1}`, and so does a method that the value lacks. Answer with `tellSender`, or ignore the field.',
    patch,
  ],
};

/** A message is delivered, and its sender gets an error. */
export const toldAndHeard: Finding = {
  id: 'told-and-heard',
  hints: [
    'Nobody is impersonated now, but somebody gets an error for a message that everyone got.',
    'In the conversation, compare what people got with what the sender got. Which lines of your handler answer with an error, and do they come before or after the posts?',
    'An error says that nobody got the message, so the sender writes it again. Decide before you post: either ignore the additional fields, or reject the message with `tellSender` and post nothing.',
    patch,
  ],
};

/** A message reaches some of the people in the room. */
export const leftOut: Finding = {
  id: 'left-out',
  hints: [
    'A message reaches only some of the people in the room.',
    'Who got the message, and who did not: the person who sent it, or somebody who connected long before? Which line of your handler leaves them out?',
    "The room posts a message to every connection, the sender's own included. A `filter`, a `slice`, a `Limit` or a condition before the post leaves people out, and so does an error halfway through the posts.",
    'How your files differ from the solution:',
  ],
};

/** Messages get lost. */
export const unheard: Finding = {
  id: 'unheard',
  hints: [
    'Messages get lost.',
    'Look at the conversation: what was sent, who got it, and what answer did the sender get? Where does your handler return early, and does it `await` every read and post?',
    'A handler can ignore additional fields, or reject the message and tell its sender why. A message without additional fields must reach everyone, with the fields in docs/wire-format.md. A read without `await` finds nobody, and Lambda freezes a function once it has answered.',
    'How your files differ from the solution:',
  ],
};

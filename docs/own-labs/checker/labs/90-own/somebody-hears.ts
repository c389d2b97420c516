import { check, openRoom, type Spoken, speak } from 'websocket-lab';

export const somebodyHears = check<Spoken>({
  id: 'somebody-hears',
  title: 'Messages reach somebody',
  needs: ['room-is-deployed'],
  expected: 'One person sends a message, and the other gets it.',
  observe: (subject) => speak(subject, openRoom(subject).address, { count: false }),
  judge: ({ heard, conversation }) => ({
    outcome: heard.listener > 0 ? 'passed' : 'failed',
    actual: `The other person got it ${heard.listener} times.`,
    evidence: [{ source: 'conversation', lines: conversation }],
  }),
  hints: [
    'One person sends a message, and the other gets nothing.',
    'Which route handles messages with the action `sendmessage`?',
    'Messages without a route of their own go to `$default`.',
    'Add a route `sendmessage` that invokes the function that sends messages to the room.',
  ],
  docs: { lab: 'labs/90-own/README.md', aws: 'https://docs.aws.amazon.com/apigateway/' },
});

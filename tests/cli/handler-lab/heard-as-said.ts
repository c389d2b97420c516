import { check, openRoom, type Spoken, speak } from '../../../checker/kit.ts';

export const heardAsSaid = check<Spoken>({
  id: 'heard-as-said',
  title: 'Messages arrive as they were sent',
  needs: ['room-is-deployed'],
  expected: 'The listener gets the text that was said.',
  observe: (subject) => speak(subject, openRoom(subject).address, { count: false }),
  judge: ({ heard, conversation }) => ({
    outcome: heard.listener > 0 ? 'passed' : 'failed',
    actual: `The listener got it ${heard.listener} times.`,
    evidence: [{ source: 'conversation', lines: conversation }],
    at: { handler: 'send-message.ts', near: ['const said ='] },
  }),
  hints: [
    'A message arrives without its text.',
    'Which function writes the message that everyone gets?',
    'The function gets the text in the body of its event.',
    'Put the text in the message that `send-message.ts` posts:',
  ],
  docs: { lab: 'labs/91-handler/README.md', aws: 'https://docs.aws.amazon.com/apigateway/' },
});

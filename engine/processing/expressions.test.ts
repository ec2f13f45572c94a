import test from 'ava';
import {
  catchEvent,
  element,
  model,
  onMessage,
  onTimer,
  path,
  serviceTask,
  start,
  userTask,
  type ModelOptions,
} from '../testing/model.ts';
import { Scene } from '../testing/scene.ts';

const scene = await Scene.open();
test.after.always(() => scene.close());

test('a date is no text: what asks for text, a duration or a key says what it has got', async (t) => {
  const messageOf = async (id: string, content: string, options?: ModelOptions) => {
    const key = await scene.run(id, model(id, [start(), content, path('start', 'x')], options));
    const [incident] = await scene.incidents(key);
    return incident?.errorMessage;
  };
  const expected = (source: string, wanted: string, was: string) =>
    `Expected result of the expression '${source}' to be ${wanted}, but was '${was}'.`;
  const tomorrow = 'today() + duration("P1D")';
  t.is(
    await messageOf('noDuration', catchEvent('x', onTimer(`=${tomorrow}`, 'timeDuration'))),
    expected(tomorrow, "one of '[DURATION, PERIOD, STRING]'", 'DATE'),
  );
  t.is(
    await messageOf('noDate', catchEvent('x', onTimer('=duration("P1M")', 'timeDate'))),
    expected('duration("P1M")', "one of '[DATE_TIME, STRING]'", 'PERIOD'),
  );
  t.is(await messageOf('noType', serviceTask('x', '=today()')), expected('today()', "'STRING'", 'DATE'));
  t.is(
    await messageOf('noDueDate', userTask('x', '<zeebe:taskSchedule dueDate="=today()" />')),
    expected('today()', "one of '[NULL, DATE_TIME, STRING]'", 'DATE'),
  );
  t.is(
    await messageOf('noKey', catchEvent('x', onMessage('keyed')), { messages: { keyed: '=duration("P1D")' } }),
    'Failed to extract the correlation key for \'duration("P1D")\': ' +
      "The value must be either a string or a number, but was 'DURATION'.",
  );
  const script = element(
    'scriptTask',
    'x',
    '<bpmn:extensionElements><zeebe:script expression="=today()" resultVariable="day" /></bpmn:extensionElements>',
  );
  t.is(await messageOf('keptAsText', script), undefined);
});

import {
  callActivity,
  definitions,
  element,
  end,
  eventSubProcess,
  extensions,
  flow,
  mapping,
  loop,
  path,
  process,
  start,
  subProcess,
  taskDefinition,
  taskListeners,
  userTask,
} from '../testing/model.ts';
import { notInCamunda, type ElementRow, type ElementTable } from './element-row.ts';
import { between, eventDefinitions, file, job, jobTypes } from './model.ts';
import type { State } from './row.ts';

const done = { it: 'COMPLETED' } as const;

/** A row whose element is called `it` in the model. */
const row = (name: string, model: ElementRow['model'], state: State = 'full', note?: string): ElementRow => ({
  name,
  state,
  note,
  model,
  ends: done,
});

const alone = (content: string) => (id: string) => between(id, ['it'], content);
const task = (type: string, inside = '') => alone(element(type, 'it', inside));
const asJob = extensions(taskDefinition(jobTypes.work));
const inner = start('in') + job('inside', jobTypes.work) + end('out') + path('in', 'inside', 'out');
const children = loop({ inputCollection: '=[1,2]', inputElement: 'n' });
const oneByOne = loop({ inputCollection: '=[1,2]', inputElement: 'n', sequential: true });

const gateway = (type: string, condition?: string) => (id: string) =>
  file(
    id,
    start(),
    element(type, 'it'),
    element(type, 'join'),
    job('a', jobTypes.work),
    job('b', jobTypes.work),
    end('done'),
    path('start', 'it') +
      flow('it', 'a', condition) +
      flow('it', 'b', condition) +
      path('a', 'join', 'done') +
      path('b', 'join'),
  );

const adHoc = (id: string) =>
  between(
    id,
    ['it'],
    element(
      'adHocSubProcess',
      'it',
      `${extensions('<zeebe:adHoc activeElementsCollection="=[&quot;inside&quot;]" />')}${job('inside', jobTypes.work)}`,
    ),
  );

const decision = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="compatibility" name="c" namespace="c">
  <decision id="compatibility_decision" name="d"><literalExpression id="l"><text>1</text></literalExpression></decision>
</definitions>`;
const called = (id: string) => definitions(process(id, start('c0'), end('c1'), path('c0', 'c1')));
const form = JSON.stringify({ id: 'compatibility_form', type: 'default', components: [] });

/** Everything of Camunda's list "BPMN coverage" that is no event, and Camunda's own extensions of it. */
export const elementTables: ElementTable[] = [
  {
    title: 'Participants',
    rows: [
      row('pool and lane', (id) =>
        between(
          id,
          ['it'],
          '<bpmn:laneSet id="lanes"><bpmn:lane id="lane"><bpmn:flowNodeRef>it</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>',
          job('it', jobTypes.work),
        ).replace(
          '<bpmn:process',
          `<bpmn:collaboration id="all"><bpmn:participant id="pool" processRef="${id}" /></bpmn:collaboration><bpmn:process`,
        ),
      ),
    ],
  },
  {
    title: 'Sub-processes',
    rows: [
      row('embedded sub-process', alone(subProcess('it', inner))),
      {
        ...row('call activity', alone(callActivity('it', 'compatibility_called'))),
        files: { 'called.bpmn': called('compatibility_called') },
      },
      row('event sub-process', (id) =>
        between(
          id,
          ['host'],
          job('host', jobTypes.late),
          eventSubProcess('it', start('trigger', eventDefinitions.message), end('handled'), path('trigger', 'handled')),
        ),
      ),
      row('ad-hoc sub-process', adHoc),
      row('transaction', alone(element('transaction', 'it', inner)), 'none', notInCamunda),
    ],
  },
  {
    title: 'Tasks',
    rows: [
      row('service task', alone(job('it', jobTypes.work))),
      row('user task (Camunda)', alone(userTask('it'))),
      row('user task (job worker)', task('userTask'), 'full', 'Its jobs are of type io.camunda.zeebe:userTask.'),
      row('receive task', (id) => between(id, ['it'], element('receiveTask', 'it', '', 'messageRef="message"'))),
      row('send task', task('sendTask', asJob)),
      {
        ...row(
          'business rule task (DMN)',
          task(
            'businessRuleTask',
            extensions('<zeebe:calledDecision decisionId="compatibility_decision" resultVariable="r" />'),
          ),
        ),
        files: { 'd.dmn': decision },
      },
      row('business rule task (job worker)', task('businessRuleTask', asJob)),
      row(
        'script task (FEEL)',
        task('scriptTask', extensions('<zeebe:script expression="=1 + 1" resultVariable="r" />')),
      ),
      row('script task (job worker)', task('scriptTask', asJob)),
      row('manual task', task('manualTask')),
      row('undefined task', task('task')),
    ],
  },
  {
    title: 'Gateways',
    rows: [
      row('exclusive', (id) =>
        file(
          id,
          start(),
          element('exclusiveGateway', 'it', '', 'default="it_b"'),
          job('a', jobTypes.work),
          job('b', jobTypes.work),
          end('done'),
          path('start', 'it') + flow('it', 'a', '=false') + path('it', 'b', 'done') + path('a', 'done'),
        ),
      ),
      row('parallel', gateway('parallelGateway')),
      row('inclusive', gateway('inclusiveGateway', '=true')),
      row('event-based', (id) =>
        file(
          id,
          start(),
          element('eventBasedGateway', 'it'),
          element('intermediateCatchEvent', 'a', eventDefinitions.message),
          element('intermediateCatchEvent', 'b', eventDefinitions.timer),
          end('done'),
          path('start', 'it', 'a', 'done') + path('it', 'b', 'done'),
        ),
      ),
      row('complex', gateway('complexGateway'), 'none', notInCamunda),
    ],
  },
  {
    title: 'Markers',
    rows: [
      row('multi-instance, parallel', alone(job('it', jobTypes.work, '', children))),
      row('multi-instance, sequential', alone(job('it', jobTypes.work, '', oneByOne))),
      row('loop', alone(job('it', jobTypes.work, '', '<bpmn:standardLoopCharacteristics />')), 'none', notInCamunda),
    ],
  },
  {
    title: 'Data and artifacts',
    rows: [
      row(
        'data object, data store',
        alone(
          `<bpmn:dataObject id="data" /><bpmn:dataObjectReference id="dataRef" dataObjectRef="data" /><bpmn:dataStoreReference id="store" />${job('it', jobTypes.work)}`,
        ),
        'full',
        'For the reader only, as in Camunda.',
      ),
      row(
        'text annotation, group',
        alone(
          `${job('it', jobTypes.work)}<bpmn:textAnnotation id="note"><bpmn:text>x</bpmn:text></bpmn:textAnnotation><bpmn:group id="group" /><bpmn:association id="noted" sourceRef="it" targetRef="note" />`,
        ),
        'full',
        'For the reader only, as in Camunda.',
      ),
    ],
  },
  {
    title: 'Camunda’s extensions',
    rows: [
      row(
        'input and output mappings',
        alone(
          element('serviceTask', 'it', extensions(taskDefinition(jobTypes.work), mapping({ a: '=1' }, { b: '=a' }))),
        ),
      ),
      row(
        'execution listeners',
        alone(
          element(
            'serviceTask',
            'it',
            extensions(
              taskDefinition(jobTypes.work),
              `<zeebe:executionListeners><zeebe:executionListener eventType="start" type="${jobTypes.work}" /><zeebe:executionListener eventType="end" type="${jobTypes.work}" /></zeebe:executionListeners>`,
            ),
          ),
        ),
      ),
      row('task listeners', alone(userTask('it', taskListeners(jobTypes.work, 'creating', 'completing')))),
      {
        ...row(
          'forms',
          alone(userTask('it', '<zeebe:formDefinition formId="compatibility_form" bindingType="deployment" />')),
        ),
        files: { 'c.form': form },
      },
      {
        ...row(
          'binding by version tag',
          alone(callActivity('it', 'compatibility_tagged', 'bindingType="versionTag" versionTag="v1"')),
        ),
        files: {
          'tagged.bpmn': called('compatibility_tagged').replace(
            'isExecutable="true">',
            'isExecutable="true"><bpmn:extensionElements><zeebe:versionTag value="v1" /></bpmn:extensionElements>',
          ),
        },
      },
      {
        ...row(
          'binding to the deployment',
          alone(callActivity('it', 'compatibility_beside', 'bindingType="deployment"')),
        ),
        files: { 'beside.bpmn': called('compatibility_beside') },
      },
      {
        ...row(
          'linked resources',
          alone(
            element(
              'serviceTask',
              'it',
              extensions(
                taskDefinition(jobTypes.work),
                '<zeebe:linkedResources><zeebe:linkedResource resourceId="compatibility_robot" bindingType="deployment" resourceType="RPA" linkName="script" /></zeebe:linkedResources>',
              ),
            ),
          ),
        ),
        files: { 'robot.rpa': JSON.stringify({ id: 'compatibility_robot' }) },
      },
      row(
        'task headers and properties',
        alone(
          element(
            'serviceTask',
            'it',
            extensions(
              taskDefinition(jobTypes.work),
              '<zeebe:taskHeaders><zeebe:header key="k" value="v" /></zeebe:taskHeaders><zeebe:properties><zeebe:property name="p" value="v" /></zeebe:properties>',
            ),
          ),
        ),
      ),
    ],
  },
];

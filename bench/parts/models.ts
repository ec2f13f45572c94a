import {
  catchEvent,
  element,
  end,
  flow,
  model,
  onTimer,
  path,
  serviceTask,
  start,
  userTask,
} from '../../engine/testing/model.ts';

/** start → task → exclusive gateway → task → end: two waits for somebody from outside. */
const twoTasks = (id: string, task: (id: string) => string, condition: string) =>
  model(id, [
    start(),
    task('first'),
    element('exclusiveGateway', 'which', '', 'default="which_other"'),
    task('second'),
    end(),
    end('other'),
    path('start', 'first', 'which') +
      flow('which', 'second', condition) +
      flow('which', 'other') +
      path('second', 'end'),
  ]);

export const twoServiceTasks = (id: string): string => twoTasks(id, (task) => serviceTask(task, task), '=amount > 1');

/** The same for bpmn-engine, whose waits are user tasks and whose expressions are ${…}. */
export const peersTwoTasks = (id: string): string =>
  twoTasks(id, (task) => element('userTask', task), '${environment.variables.large}');

export const oneServiceTask = (id: string, type: string): string =>
  model(id, [start(), serviceTask('task', type), end(), path('start', 'task', 'end')]);

export const oneUserTask = (id: string): string =>
  model(id, [
    start(),
    userTask(
      'decide',
      '<zeebe:assignmentDefinition assignee="=clerk" candidateGroups="=[group]" />',
      '<zeebe:priorityDefinition priority="60" />',
    ),
    end(),
    path('start', 'decide', 'end'),
  ]);

export const oneTimer = (id: string): string =>
  model(id, [start(), catchEvent('wait', onTimer('=at', 'timeDate')), end(), path('start', 'wait', 'end')]);

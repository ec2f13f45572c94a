/** Every user task is the engine's own, with the five listeners that keep the task list exact (workflows/README.md). */
const listenerType = 'liandong.task';
const eventTypes = ['creating', 'assigning', 'updating', 'completing', 'canceling'];

// diagram-js's services come untyped out of its injector
type Service = any;

class UserTaskDefaults {
  static $inject = ['eventBus', 'bpmnFactory', 'modeling'];

  constructor(eventBus: Service, bpmnFactory: Service, modeling: Service) {
    const complete = (element: Service) => {
      const task = element?.businessObject;
      if (task?.$type !== 'bpmn:UserTask' || element.labelTarget) return;
      const values: Service[] = [...(task.extensionElements?.values ?? [])];
      const has = (type: string) => values.some((value) => value.$type === type);
      if (has('zeebe:TaskListeners')) return;
      if (!has('zeebe:UserTask')) values.push(bpmnFactory.create('zeebe:UserTask'));
      const listeners = eventTypes.map((eventType) =>
        bpmnFactory.create('zeebe:TaskListener', { eventType, type: listenerType, retries: '3' }),
      );
      values.push(bpmnFactory.create('zeebe:TaskListeners', { listeners }));
      if (!has('zeebe:PriorityDefinition'))
        values.push(bpmnFactory.create('zeebe:PriorityDefinition', { priority: '=priority' }));
      const extensionElements = bpmnFactory.create('bpmn:ExtensionElements', { values });
      for (const value of values) value.$parent = extensionElements;
      for (const listener of listeners) listener.$parent = values.find(({ $type }) => $type === 'zeebe:TaskListeners');
      extensionElements.$parent = task;
      modeling.updateProperties(element, { extensionElements });
    };
    eventBus.on('commandStack.shape.create.postExecuted', 100, ({ context }: Service) => complete(context.shape));
    eventBus.on('commandStack.shape.replace.postExecuted', 100, ({ context }: Service) => complete(context.newShape));
  }
}

export const userTaskDefaultsModule = { __init__: ['userTaskDefaults'], userTaskDefaults: ['type', UserTaskDefaults] };

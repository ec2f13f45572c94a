const listeners = ['creating', 'assigning', 'updating', 'completing', 'canceling']
  .map((eventType) => `<zeebe:taskListener eventType="${eventType}" type="task-listener" />`)
  .join('');

/** A permit: asked for by message, checked by a job (a BPMN error refuses it), decided by a person. */
export const permitProcess = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions" targetNamespace="http://example.org">
  <bpmn:process id="permit" name="许可" isExecutable="true">
    <bpmn:startEvent id="asked"><bpmn:outgoing>f1</bpmn:outgoing>
      <bpmn:messageEventDefinition id="askedDefinition" messageRef="permitAsked" /></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="asked" targetRef="check" />
    <bpmn:serviceTask id="check" name="核验">
      <bpmn:extensionElements><zeebe:taskDefinition type="check-permit" retries="2" /></bpmn:extensionElements>
      <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:boundaryEvent id="refused" attachedToRef="check"><bpmn:outgoing>f4</bpmn:outgoing>
      <bpmn:errorEventDefinition id="refusedDefinition" errorRef="notEligible" /></bpmn:boundaryEvent>
    <bpmn:sequenceFlow id="f2" sourceRef="check" targetRef="decide" />
    <bpmn:userTask id="decide" name="决定">
      <bpmn:extensionElements>
        <zeebe:userTask />
        <zeebe:formDefinition formId="decide-permit" bindingType="deployment" />
        <zeebe:assignmentDefinition candidateGroups="=[&quot;clerks&quot;]" />
        <zeebe:taskListeners>${listeners}</zeebe:taskListeners>
      </bpmn:extensionElements>
      <bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="f3" sourceRef="decide" targetRef="granted" />
    <bpmn:endEvent id="granted"><bpmn:incoming>f3</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f4" sourceRef="refused" targetRef="over" />
    <bpmn:endEvent id="over"><bpmn:incoming>f4</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
  <bpmn:message id="permitAsked" name="permit-asked" />
  <bpmn:error id="notEligible" errorCode="NOT_ELIGIBLE" />
</bpmn:definitions>`;

export const decidePermitForm = JSON.stringify({
  id: 'decide-permit',
  type: 'default',
  schemaVersion: 16,
  components: [{ type: 'textfield', key: 'reason', label: '理由' }],
});

/** Refused by every engine: the service task names no job type. */
export const brokenProcess = permitProcess.replace('<zeebe:taskDefinition type="check-permit" retries="2" />', '');

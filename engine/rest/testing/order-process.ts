/** A process with most of what the REST API speaks of: service task, user task with listener and form, message, timer. */
export const orderProcess = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="http://example.org">
  <bpmn:process id="order" name="Order" isExecutable="true">
    <bpmn:extensionElements><zeebe:versionTag value="v1" /></bpmn:extensionElements>
    <bpmn:startEvent id="start"><bpmn:outgoing>toCheck</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="toCheck" sourceRef="start" targetRef="check" />
    <bpmn:serviceTask id="check" name="Check the order">
      <bpmn:extensionElements>
        <zeebe:taskDefinition type="check-order" retries="3" />
        <zeebe:taskHeaders><zeebe:header key="color" value="red" /></zeebe:taskHeaders>
      </bpmn:extensionElements>
      <bpmn:incoming>toCheck</bpmn:incoming><bpmn:outgoing>toApprove</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:sequenceFlow id="toApprove" sourceRef="check" targetRef="approve" />
    <bpmn:userTask id="approve" name="Approve the order">
      <bpmn:extensionElements>
        <zeebe:userTask />
        <zeebe:formDefinition formId="approval" bindingType="deployment" />
        <zeebe:assignmentDefinition candidateGroups="=[&quot;clerks&quot;, &quot;leaders&quot;]" candidateUsers="zhang" />
        <zeebe:priorityDefinition priority="70" />
        <zeebe:taskSchedule dueDate="2030-01-02T03:04:05Z" />
        <zeebe:ioMapping><zeebe:input source="=amount * 2" target="doubled" /></zeebe:ioMapping>
        <zeebe:taskListeners>
          <zeebe:taskListener eventType="creating" type="task-listener" />
          <zeebe:taskListener eventType="completing" type="task-listener" />
        </zeebe:taskListeners>
      </bpmn:extensionElements>
      <bpmn:incoming>toApprove</bpmn:incoming><bpmn:outgoing>toPaid</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="toPaid" sourceRef="approve" targetRef="paid" />
    <bpmn:intermediateCatchEvent id="paid" name="Paid">
      <bpmn:incoming>toPaid</bpmn:incoming><bpmn:outgoing>toEnd</bpmn:outgoing>
      <bpmn:messageEventDefinition id="paidDefinition" messageRef="paidMessage" />
    </bpmn:intermediateCatchEvent>
    <bpmn:sequenceFlow id="toEnd" sourceRef="paid" targetRef="end" />
    <bpmn:endEvent id="end"><bpmn:incoming>toEnd</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
  <bpmn:message id="paidMessage" name="order-paid">
    <bpmn:extensionElements><zeebe:subscription correlationKey="=orderNo" /></bpmn:extensionElements>
  </bpmn:message>
</bpmn:definitions>`;

export const approvalForm = JSON.stringify({
  id: 'approval',
  type: 'default',
  schemaVersion: 16,
  components: [{ type: 'textfield', key: 'remark', label: 'Remark' }],
});

/** One service task of the given job type. */
export function oneTaskProcess(processId: string, jobType: string) {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="http://example.org">
  <bpmn:process id="${processId}" isExecutable="true">
    <bpmn:startEvent id="start" />
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="work" />
    <bpmn:serviceTask id="work">
      <bpmn:extensionElements><zeebe:taskDefinition type="${jobType}" /></bpmn:extensionElements>
    </bpmn:serviceTask>
    <bpmn:sequenceFlow id="f2" sourceRef="work" targetRef="end" />
    <bpmn:endEvent id="end" />
  </bpmn:process>
</bpmn:definitions>`;
}

export const discountDecision = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="discounts" name="Discounts" namespace="http://camunda.org/schema/1.0/dmn">
  <decision id="discount" name="Discount">
    <decisionTable id="table" hitPolicy="UNIQUE">
      <input id="in1" label="Amount"><inputExpression id="ie1" typeRef="number"><text>amount</text></inputExpression></input>
      <output id="out1" label="Discount" name="discount" typeRef="number" />
      <rule id="small"><inputEntry id="e1"><text>&lt; 100</text></inputEntry><outputEntry id="o1"><text>0</text></outputEntry></rule>
      <rule id="large"><inputEntry id="e2"><text>&gt;= 100</text></inputEntry><outputEntry id="o2"><text>10</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>`;

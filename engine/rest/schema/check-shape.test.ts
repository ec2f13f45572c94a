import test from 'ava';
import { Problem } from '../problem.ts';
import { loadRequestShapes } from './camunda-schemas.ts';
import { checkShape } from './check-shape.ts';

const shapes = await loadRequestShapes();

function complaint(operation: string, body: unknown) {
  try {
    checkShape(shapes(operation).body!, body);
    return 'accepted';
  } catch (error) {
    return error instanceof Problem ? `${error.title}: ${error.detail}` : String(error);
  }
}

test('a well-formed request passes, null standing for absent', (t) => {
  t.is(complaint('ActivateJobs', { type: 'a', timeout: 1, maxJobsToActivate: 1, worker: null }), 'accepted');
  t.is(complaint('CreateProcessInstance', { processDefinitionId: 'p', variables: { a: { b: null } } }), 'accepted');
  t.is(complaint('CreateProcessInstance', { processDefinitionKey: '12', processDefinitionVersion: 3 }), 'accepted');
  t.is(complaint('SearchUserTasks', { filter: { state: 'CREATED', priority: { $gte: 3 } } }), 'accepted');
  t.is(complaint('SearchUserTasks', { filter: { state: { $in: ['CREATED'] }, name: { $like: 'a*' } } }), 'accepted');
  t.is(complaint('SearchUserTasks', { page: { limit: 5 } }), 'accepted');
  t.is(complaint('SearchUserTasks', { page: { from: 5, limit: 5 } }), 'accepted');
  t.is(complaint('SearchUserTasks', { page: { after: 'WzFd' } }), 'accepted');
  t.is(
    complaint('UpdateUserTask', { changeset: { dueDate: '', followUpDate: '2026-01-01T08:00:00+08:00' } }),
    'accepted',
  );
  t.is(
    complaint('CompleteJob', { result: { type: 'userTask', denied: true, corrections: { priority: 3 } } }),
    'accepted',
  );
  t.is(
    complaint('SearchProcessInstances', { filter: { $or: [{ state: 'ACTIVE' }, { hasIncident: true }] } }),
    'accepted',
  );
});

test('an unknown property and a value of the wrong type are named by their path', (t) => {
  const cannotParse = (path: string) => `Bad Request: Request property [${path}] cannot be parsed`;
  t.is(complaint('ActivateJobs', { type: 'a', timeout: 1, maxJobsToActivate: 1, foo: 1 }), cannotParse('foo'));
  t.is(complaint('ActivateJobs', { type: 1, timeout: 1, maxJobsToActivate: 1 }), cannotParse('type'));
  t.is(complaint('ActivateJobs', { type: 'a', timeout: '1', maxJobsToActivate: 1 }), cannotParse('timeout'));
  t.is(complaint('ActivateJobs', { type: 'a', timeout: 1, maxJobsToActivate: 1.5 }), cannotParse('maxJobsToActivate'));
  t.is(complaint('SearchUserTasks', { filter: { nope: 1 } }), cannotParse('filter.nope'));
  t.is(complaint('SearchUserTasks', { filter: { name: { $lik: 'a' } } }), cannotParse('filter.name.$lik'));
  t.is(complaint('SearchUserTasks', []), cannotParse(''));
  t.is(complaint('CreateProcessInstance', { processDefinitionId: 'p', variables: [1] }), cannotParse('variables'));
  t.is(complaint('CreateProcessInstance', { processDefinitionId: 'p', wrong: true }), cannotParse('wrong'));
});

test('a wrong enum value lists what is allowed', (t) => {
  t.is(
    complaint('SearchVariables', { sort: [{ field: 'colour' }] }),
    "Bad Request: Unexpected value 'colour' for enum field 'field'. Use any of the following values: [value, name, tenantId, variableKey, scopeKey, processInstanceKey]",
  );
  t.regex(
    complaint('SearchUserTasks', { filter: { state: 'OPEN' } }),
    /Unexpected value 'OPEN' for enum field 'state'/,
  );
  t.regex(complaint('SearchUserTasks', { filter: { state: { $in: ['OPEN'] } } }), /Unexpected value 'OPEN'/);
});

test('enum values are read in any case and from numbers, as Camunda reads them', (t) => {
  const body = { sort: [{ field: 'NAME', order: 'asc' }], filter: { state: { $in: ['created'] }, name: 'Created' } };
  t.is(complaint('SearchUserTasks', body), 'accepted');
  t.deepEqual(body, {
    sort: [{ field: 'name', order: 'ASC' }],
    filter: { state: { $in: ['CREATED'] }, name: 'Created' },
  });
  const simple = { filter: { state: 'cReated' } };
  t.is(complaint('SearchUserTasks', simple), 'accepted');
  t.is(simple.filter.state, 'CREATED');
  t.regex(
    complaint('SearchJobs', { sort: [{ field: 123 }] }),
    /^Bad Request: Unexpected value '123' for enum field 'field'\./,
  );
});

test('what is missing, out of range, no key or no date is an invalid argument', (t) => {
  t.is(
    complaint('ActivateJobs', {}),
    'INVALID_ARGUMENT: No type provided. No timeout provided. No maxJobsToActivate provided.',
  );
  t.is(
    complaint('UpdateUserTask', { changeset: { priority: 101 } }),
    "INVALID_ARGUMENT: The value for priority is '101' but must be within the [0,100] range.",
  );
  t.is(
    complaint('UpdateUserTask', { changeset: { dueDate: 'foo' } }),
    "INVALID_ARGUMENT: The provided due date 'foo' cannot be parsed as a date according to RFC 3339, section 5.6.",
  );
  t.is(
    complaint('SearchUserTasks', { filter: { userTaskKey: 'abc' } }),
    "INVALID_ARGUMENT: The provided userTaskKey 'abc' is not a valid key. Expected a numeric value. Did you pass an entity id instead of an entity key?.",
  );
  t.is(
    complaint('SearchProcessInstances', { filter: { processInstanceKey: { $in: ['1', 'x'] } } }),
    "INVALID_ARGUMENT: The provided processInstanceKey 'x' is not a valid key. Expected a numeric value. Did you pass an entity id instead of an entity key?.",
  );
});

test('alternatives are told apart by their properties', (t) => {
  t.is(
    complaint('CreateProcessInstance', { variables: {} }),
    'Bad Request: At least one of [processDefinitionId, processDefinitionKey] is required.',
  );
  t.is(
    complaint('EvaluateDecision', { decisionDefinitionId: 'a', decisionDefinitionKey: '1' }),
    'Bad Request: Only one of [decisionDefinitionId, decisionDefinitionKey] is allowed.',
  );
  t.is(
    complaint('SearchUserTasks', { page: { after: 'WzFd', before: 'WzFd' } }),
    'Bad Request: Only one of [from, after, before] is allowed.',
  );
  t.is(
    complaint('SearchUserTasks', { page: {} }),
    'Bad Request: At least one of [from, after, before, limit] is required.',
  );
  t.is(
    complaint('SearchUserTasks', { page: 'all' }),
    'Bad Request: At least one of [from, after, before, limit] is required.',
  );
  t.is(
    complaint('SearchUserTasks', { page: { after: 'WzFd', before: 'WzFd', limit: 1 } }),
    'Bad Request: Request property [page.before] cannot be parsed',
  );
  t.is(
    complaint('ModifyProcessInstance', { terminateInstructions: [{}] }),
    'Bad Request: At least one of [elementId, elementInstanceKey] is required.',
  );
  const result = 'Use any of the following values: [userTask, adHocSubProcess]';
  t.is(
    complaint('CompleteJob', { result: { type: 'robot' } }),
    `Bad Request: Cannot map value 'robot' for type 'result'. ${result}`,
  );
  t.is(
    complaint('CompleteJob', { result: { denied: true } }),
    `Bad Request: Cannot map value 'null' for type 'result'. ${result}`,
  );
  t.is(
    complaint('ModifyProcessInstance', {
      moveInstructions: [{ sourceElementInstruction: { sourceType: 'byName' }, targetElementId: 'a' }],
    }),
    "Bad Request: Cannot map value 'byName' for type 'sourceElementInstruction'. Use any of the following values: [byId, byKey]",
  );
});

test('a page may be empty but not before the first; a filter may name what can not exist', (t) => {
  t.is(complaint('SearchUserTasks', { page: { limit: 0 } }), 'accepted');
  t.is(
    complaint('SearchUserTasks', { page: { from: -1, limit: -2 } }),
    "INVALID_ARGUMENT: The value for page.from is '-1' but must be a non-negative number. The value for page.limit is '-2' but must be a non-negative number.",
  );
  t.is(complaint('SearchUserTasks', { sort: [{ order: 'ASC' }] }), 'INVALID_ARGUMENT: Sort field must not be null.');
  t.is(complaint('SearchProcessInstances', { filter: { processDefinitionId: '1 2', businessId: '' } }), 'accepted');
  t.regex(
    complaint('SearchUserTasks', { filter: { userTaskKey: '99999999999999999999' } }),
    /'99999999999999999999' is not a valid key/,
  );
});

test('a date is one of RFC 3339, with an offset and no zone', (t) => {
  const dueDate = (text: string) => complaint('UpdateUserTask', { changeset: { dueDate: text } });
  for (const date of ['2023-11-11T10:10:10.101010101+01:00', '2023-11-11T10:10Z', '2023-11-11t10:10:10z'])
    t.is(dueDate(date), 'accepted');
  for (const date of ['2023-11-11T12:12:12+0100', '2023-11-11T10:10:10+01:00[Europe/Paris]', '2023-11-11'])
    t.regex(dueDate(date), /cannot be parsed as a date/);
});

/** What is searched for: one request for every filter that an index serves, found by a value of `sample`. */
export interface Sample {
  processInstanceKey: string;
  processDefinitionKey: string;
  userTaskKey: string;
  elementInstanceKey: string;
  clerk: string;
  group: string;
  businessId: string;
}

export interface Search {
  name: string;
  path: string;
  filter: (sample: Sample) => Record<string, unknown>;
}

const search = (resource: string, name: string, filter: Search['filter']): Search => ({
  name: `${resource} by ${name}`,
  path: `/v2/${resource}/search`,
  filter,
});

const instances = (name: string, filter: Search['filter']) => search('process-instances', name, filter);
const tasks = (name: string, filter: Search['filter']) => search('user-tasks', name, filter);
const elements = (name: string, filter: Search['filter']) => search('element-instances', name, filter);
const variables = (name: string, filter: Search['filter']) => search('variables', name, filter);

export const searches: Search[] = [
  instances('nothing', () => ({})),
  instances('processInstanceKey', ({ processInstanceKey }) => ({ processInstanceKey })),
  instances('processDefinitionKey', ({ processDefinitionKey }) => ({ processDefinitionKey })),
  instances('processDefinitionId', () => ({ processDefinitionId: 'parked' })),
  instances('processDefinitionId and state', () => ({ processDefinitionId: 'parked', state: 'ACTIVE' })),
  instances('state', () => ({ state: 'ACTIVE' })),
  instances('no such state', () => ({ state: 'TERMINATED' })),
  instances('businessId', ({ businessId }) => ({ businessId })),
  instances('hasIncident', () => ({ hasIncident: true })),
  instances('a variable', ({ clerk }) => ({ variables: [{ name: 'clerk', value: JSON.stringify(clerk) }] })),
  tasks('nothing', () => ({})),
  tasks('userTaskKey', ({ userTaskKey }) => ({ userTaskKey })),
  tasks('processInstanceKey', ({ processInstanceKey }) => ({ processInstanceKey })),
  tasks('elementInstanceKey', ({ elementInstanceKey }) => ({ elementInstanceKey })),
  tasks('state', () => ({ state: 'CREATED' })),
  tasks('no such state', () => ({ state: 'COMPLETED' })),
  tasks('assignee', ({ clerk }) => ({ assignee: clerk })),
  tasks('assignee and state', ({ clerk }) => ({ assignee: clerk, state: 'CREATED' })),
  tasks('candidateGroup', ({ group }) => ({ candidateGroup: group })),
  tasks('elementId', () => ({ elementId: 'decide' })),
  tasks('processDefinitionId', () => ({ processDefinitionId: 'parked' })),
  elements('processInstanceKey', ({ processInstanceKey }) => ({ processInstanceKey })),
  elements('elementInstanceKey', ({ elementInstanceKey }) => ({ elementInstanceKey })),
  elements('elementId and state', () => ({ elementId: 'decide', state: 'ACTIVE' })),
  variables('processInstanceKey', ({ processInstanceKey }) => ({ processInstanceKey })),
  variables('name and value', ({ clerk }) => ({ name: 'clerk', value: JSON.stringify(clerk) })),
  search('jobs', 'state', () => ({ state: 'FAILED' })),
  search('incidents', 'state', () => ({ state: 'ACTIVE' })),
];

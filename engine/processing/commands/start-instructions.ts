import { CommandRejection } from '../../command-rejection.ts';
import type { CreateProcessInstanceRequest } from '../../commands.ts';
import type { ExecutableElement, ExecutableProcess } from '../../model/executable-process.ts';
import { isNoneStart } from '../../model/start-events.ts';
import type { Run } from '../run.ts';
import { activatableTypes } from './modification-checks.ts';

const unsupported = new Set(['PROCESS', 'START_EVENT', 'SEQUENCE_FLOW', 'BOUNDARY_EVENT']);
const supported = activatableTypes.filter((type) => !unsupported.has(type)).join(', ');

/**
 * Where the instance is to begin instead of its start event; undefined when nothing was said.
 * @throws CommandRejection in Zeebe's words when an element can't be begun at
 */
export function startElements(
  process: ExecutableProcess,
  { startInstructions }: CreateProcessInstanceRequest,
): ExecutableElement[] | undefined {
  if (!startInstructions?.length) {
    if (process.root.startEvents.some(isNoneStart)) return undefined;
    const reason = 'Expected to create instance of process with none start event, but there is no such event';
    throw new CommandRejection('INVALID_STATE', reason);
  }
  const elements = startInstructions.map(({ elementId }) => {
    const element = process.byId.get(elementId);
    if (!element) refuse(`no element found with id '${elementId}'.`);
    return element!;
  });
  for (const [refused, why] of rules) {
    const found = elements.find(refused);
    if (found) refuse(`the element with id '${found.id}' ${why(found)}`);
  }
  return elements;
}

function refuse(why: string): never {
  const reason = `Expected to create instance of process with start instructions but ${why}`;
  throw new CommandRejection('INVALID_ARGUMENT', reason);
}

/** Zeebe holds all elements against one rule before it comes to the next. */
const rules: [refused: (element: ExecutableElement) => boolean, why: (element: ExecutableElement) => string][] = [
  [
    isInsideLoop,
    () =>
      'is inside a multi-instance subprocess. The creation of elements inside a multi-instance subprocess is not supported.',
  ],
  [
    ({ type }) => unsupported.has(type),
    ({ type }) => `targets unsupported element type '${type}'. Supported element types are: [${supported}]`,
  ],
  [
    ({ incoming }) => incoming.some(({ source }) => source?.type === 'EVENT_BASED_GATEWAY'),
    () =>
      'belongs to an event-based gateway. The creation of elements belonging to an event-based gateway is not supported.',
  ],
];

function isInsideLoop({ parent }: ExecutableElement): boolean {
  return parent !== undefined && (parent.loop !== undefined || isInsideLoop(parent));
}

/**
 * The elements after which the instance is to end; undefined when nothing was said.
 * @throws CommandRejection in Zeebe's words when the process hasn't got one
 */
export function endsAfter(
  process: ExecutableProcess,
  { runtimeInstructions }: CreateProcessInstanceRequest,
): string[] | undefined {
  const ids = runtimeInstructions?.map(({ afterElementId }) => afterElementId);
  const unknown = ids?.find((id) => !process.byId.has(id));
  if (unknown === undefined) return ids;
  const reason =
    'Expected to create instance of process with runtime instructions ' +
    `but no element found with id '${unknown}' in process definition '${process.processId}'.`;
  throw new CommandRejection('INVALID_ARGUMENT', reason);
}

const maxBusinessIdLength = 256;

/** @throws CommandRejection in Zeebe's words */
export function checkBusinessId(run: Run, process: ExecutableProcess, businessId: string | undefined): void {
  if (!businessId) return;
  if (businessId.length > maxBusinessIdLength) {
    const reason =
      'Expected to create instance of process with a valid business id, ' +
      `but the business id exceeds the max length of ${maxBusinessIdLength}.`;
    throw new CommandRejection('INVALID_ARGUMENT', reason);
  }
  if (!run.settings.businessIdUniqueness || !run.state.queries.runningWithBusinessId(businessId, process.processId))
    return;
  const reason =
    `Expected to create instance of process with business id '${businessId}', ` +
    `but an instance with this business id already exists for process definition '${process.processId}'`;
  throw new CommandRejection('ALREADY_EXISTS', reason);
}

const maxTags = 10;
const tagPattern = /^[A-Za-z][\w:.-]{0,99}$/;

/** @throws CommandRejection in Zeebe's words */
export function checkTags(tags: string[] | undefined): void {
  if (!tags?.length) return;
  const reject = (what: string) => {
    throw new CommandRejection('INVALID_ARGUMENT', `Expected to create instance of process with tags, but ${what}`);
  };
  if (new Set(tags).size > maxTags) reject(`the number of tags exceeds the limit of ${maxTags}.`);
  const invalid = tags.filter((tag) => !tagPattern.test(tag));
  if (invalid.length === 0) return;
  reject(
    `the tags '${invalid.join("', '")}' are invalid. ` +
      'Tags must start with a letter (a-z, A-Z), followed by alphanumerics, underscores, minuses, colons, or periods. ' +
      'It must not be blank and must be 100 characters or less.',
  );
}

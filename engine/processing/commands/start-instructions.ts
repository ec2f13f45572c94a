import { CommandRejection } from '../../command-rejection.ts';
import type { CreateProcessInstanceRequest } from '../../commands.ts';
import type { ExecutableElement, ExecutableProcess } from '../../model/executable-process.ts';
import { isNoneStart } from '../../model/start-events.ts';
import type { Run } from '../run.ts';

const unsupported = new Set(['PROCESS', 'START_EVENT', 'BOUNDARY_EVENT', 'SEQUENCE_FLOW']);

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
  return startInstructions.map(({ elementId }) => {
    const element = process.byId.get(elementId);
    const refusal = element ? whyNot(element) : `no element found with id '${elementId}'.`;
    if (!refusal) return element!;
    const reason = `Expected to create instance of process with start instructions but ${refusal}`;
    throw new CommandRejection('INVALID_ARGUMENT', reason);
  });
}

function whyNot(element: ExecutableElement): string | undefined {
  const what = `the element with id '${element.id}'`;
  const scopes = scopesOf(element);
  if (scopes.some(({ loop }) => loop)) {
    return `${what} is inside a multi-instance subprocess. The creation of elements inside a multi-instance subprocess is not supported.`;
  }
  if (scopes.some(({ type }) => type === 'AD_HOC_SUB_PROCESS')) {
    return `${what} is inside an ad-hoc subprocess. The creation of elements inside an ad-hoc subprocess is not supported.`;
  }
  if (unsupported.has(element.type)) return `${what} targets unsupported element type '${element.type}'.`;
  if (element.incoming.some(({ source }) => source?.type === 'EVENT_BASED_GATEWAY')) {
    return `${what} belongs to an event-based gateway. The creation of elements belonging to an event-based gateway is not supported.`;
  }
  return undefined;
}

function scopesOf(element: ExecutableElement): ExecutableElement[] {
  const scopes: ExecutableElement[] = [];
  for (let scope = element.parent; scope; scope = scope.parent) scopes.push(scope);
  return scopes;
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
  if (!run.settings.businessIdUniqueness || !run.state.queries.runningWithBusinessId(businessId, process.key)) return;
  const reason =
    `Expected to create instance of process with business id '${businessId}', ` +
    `but an instance with this business id already exists for process definition key '${process.key}'`;
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
      'A tag must start with a letter (a-z, A-Z), followed by alphanumerics, underscores, minuses, colons, or periods. ' +
      'It must not be blank and must be 100 characters or less.',
  );
}

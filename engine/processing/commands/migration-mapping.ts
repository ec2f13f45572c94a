import { CommandRejection, type RejectionType } from '../../command-rejection.ts';
import type { ExecutableElement, ExecutableProcess } from '../../model/executable-process.ts';
import type { MigrateProcessInstanceRequest } from '../../operator-commands.ts';

/** What becomes of each element: given by the mapping instructions, the process itself goes without saying. */
export class MigrationMapping {
  readonly instanceKey: number;
  readonly target: ExecutableProcess;
  readonly #targets = new Map<ExecutableElement, ExecutableElement>();

  constructor(
    instanceKey: number,
    source: ExecutableProcess,
    { mappingInstructions }: Instructions,
    target: ExecutableProcess,
  ) {
    this.instanceKey = instanceKey;
    this.target = target;
    this.#targets.set(source.root, target.root);
    for (const { sourceElementId, targetElementId } of mappingInstructions) {
      const from = this.#find('source', source, sourceElementId);
      const to = this.#find('target', target, targetElementId);
      this.#targets.set(from, to);
      if (from.innerInstance && to.innerInstance) this.#targets.set(from.innerInstance, to.innerInstance);
    }
  }

  of(element: ExecutableElement): ExecutableElement | undefined {
    return this.#targets.get(element);
  }

  /** Whether some element becomes this one. */
  reaches(target: ExecutableElement): boolean {
    for (const to of this.#targets.values()) if (to === target) return true;
    return false;
  }

  refuse(type: RejectionType, reason: string): CommandRejection {
    return new CommandRejection(type, `Expected to migrate process instance '${this.instanceKey}' but ${reason}`);
  }

  #find(which: 'source' | 'target', process: ExecutableProcess, id: string): ExecutableElement {
    const element = process.byId.get(id);
    if (element) return element;
    throw this.refuse(
      'INVALID_ARGUMENT',
      `mapping instructions contain a non-existing ${which} element id '${id}'. ` +
        `Elements provided in mapping instructions must exist in the ${which} process definition.`,
    );
  }
}

type Instructions = Pick<MigrateProcessInstanceRequest, 'mappingInstructions'>;

/** @throws CommandRejection when an element is mapped more than once */
export function refuseDuplicates(instanceKey: number, { mappingInstructions }: Instructions): void {
  const ids = mappingInstructions.map(({ sourceElementId }) => sourceElementId);
  const duplicates = [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
  if (duplicates.length === 0) return;
  throw new CommandRejection(
    'INVALID_ARGUMENT',
    `Expected to migrate process instance '${instanceKey}' but the mapping instructions contain duplicate source element ids '[${duplicates.join(', ')}]'.`,
  );
}

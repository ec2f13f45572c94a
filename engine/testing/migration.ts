import { model } from './model.ts';
import type { Scene } from './scene.ts';

/** @returns the key of the definition */
export async function deployModel(
  scene: Scene,
  id: string,
  content: string[],
  messages: Record<string, string> = {},
): Promise<string> {
  const { deployments } = await scene.deploy({ [`${id}.bpmn`]: model(id, content, { messages }) });
  return String(deployments[0]!.processDefinition!.processDefinitionKey);
}

export const migrator =
  ({ client }: Scene) =>
  (key: string, target: string, mapping: Record<string, string> | [string, string][]) =>
    client.migrateProcessInstance({
      processInstanceKey: key,
      targetProcessDefinitionKey: target,
      mappingInstructions: (Array.isArray(mapping) ? mapping : Object.entries(mapping)).map(
        ([sourceElementId, targetElementId]) => ({ sourceElementId, targetElementId }),
      ),
    } as never);

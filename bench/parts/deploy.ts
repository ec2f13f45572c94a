import type { Engine } from '../../engine/engine.ts';

export async function deploy(engine: Engine, xml: string): Promise<void> {
  const content = new TextEncoder().encode(xml);
  await engine.execute({ type: 'deployment.create', resources: [{ name: 'bench.bpmn', content }] });
}

/** So many callers, each with one command at a time, until `next` says that there is nothing left. */
export async function concurrently(callers: number, next: () => Promise<unknown> | undefined): Promise<void> {
  const call = async () => {
    for (let going = next(); going; going = next()) await going;
  };
  await Promise.all(Array.from({ length: callers }, call));
}

/** Creates so many instances as fast as the engine takes them. */
export async function fill(
  engine: Engine,
  processDefinitionId: string,
  instances: number,
  variables: (index: number) => Record<string, string | number>,
): Promise<void> {
  let created = 0;
  await concurrently(256, () => {
    if (created >= instances) return undefined;
    const index = created++;
    return engine.execute({ type: 'process-instance.create', processDefinitionId, variables: variables(index) });
  });
}

import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { OrchestrationLifters as lift } from '@camunda8/sdk';
import type { ProcessEngine } from '../domain/ports/process-engine.ts';
import { answerOf, engineFailure, statusOf } from './engine-errors.ts';

type CommandPart = Pick<
  ProcessEngine,
  'publishMessage' | 'evaluateDecision' | 'resolveIncident' | 'isReady' | 'pinClock' | 'resetClock'
>;

export function commands(client: CamundaClient): CommandPart {
  return {
    async publishMessage({ name, correlationKey, messageId, timeToLiveMs, variables }) {
      try {
        await client.publishMessage({ name, correlationKey, messageId, timeToLive: timeToLiveMs, variables });
        return 'PUBLISHED';
      } catch (error) {
        if (statusOf(error) === 409) return 'ALREADY_KNOWN';
        throw engineFailure(error);
      }
    },
    async evaluateDecision(decisionId, variables) {
      const decisionDefinitionId = lift.DecisionDefinitionId.assumeExists(decisionId);
      const { output } = await answerOf(client.evaluateDecision({ decisionDefinitionId, variables }));
      return JSON.parse(output) as unknown;
    },
    async resolveIncident(incidentKey) {
      await answerOf(client.resolveIncident({ incidentKey: lift.IncidentKey.assumeExists(incidentKey) }));
    },
    async isReady() {
      try {
        await client.getTopology({ retry: false });
        return true;
      } catch {
        return false;
      }
    },
    async pinClock(timestamp) {
      await answerOf(client.pinClock({ timestamp }));
    },
    async resetClock() {
      await answerOf(client.resetClock());
    },
  };
}

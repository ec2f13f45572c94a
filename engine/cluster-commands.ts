import type { JsonObject, JsonValue } from './json.ts';

export interface ClusterVariableScope {
  name: string;
  /** Empty: of the whole cluster. */
  tenantId: string;
}

export interface PutClusterVariableRequest extends ClusterVariableScope {
  value: JsonValue;
}

export interface EvaluateExpressionRequest {
  /** FEEL behind a `=`; anything else stands for itself. */
  expression: string;
  variables?: JsonObject;
  /** Whose cluster variables the expression sees beside those of the whole cluster. */
  tenantId?: string;
}

export interface EvaluateExpressionResponse {
  result: JsonValue;
  warnings: string[];
}

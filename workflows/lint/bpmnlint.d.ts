// The linter's packages come without types for what is imported here.
declare module 'bpmnlint' {
  import type { LintConfig, LintResolver, RawReport } from './rule.ts';
  export class Linter {
    constructor(options: { config: LintConfig; resolver: LintResolver });
    lint(root: object): Promise<Record<string, RawReport[]>>;
  }
}
declare module 'bpmnlint/config/recommended.js' {
  const config: { rules: Record<string, unknown> };
  export default config;
}
declare module 'bpmnlint/rules/*' {
  import type { RuleFactory } from './rule.ts';
  const rule: RuleFactory;
  export default rule;
}
declare module 'bpmnlint-plugin-camunda-compat' {
  import type { RuleConfig } from './rule.ts';
  const plugin: { configs: Record<string, { rules: Record<string, RuleConfig> }> };
  export default plugin;
}
declare module 'bpmnlint-plugin-camunda-compat/rules/*' {
  import type { RuleFactory } from './rule.ts';
  const rule: RuleFactory;
  export default rule;
}

import { bpmnlintConfig, bpmnlintRules } from './bpmnlint-rules.ts';
import { camundaConfig, camundaRules } from './camunda-rules.ts';
import { projectRules } from './project-rules.ts';
import { asRuleFactory, type LintConfig, type LintResolver, type RuleFactory, type RuleOptions } from './rule.ts';

/** bpmnlint's configuration and resolver, as its Linter and a modeler's lint plugin take them. */
export function lintSetup(options: RuleOptions): { config: LintConfig; resolver: LintResolver } {
  const own = projectRules.map((rule) => [rule.name, asRuleFactory(rule, options)] as const);
  const packages: Record<string, Record<string, RuleFactory>> = {
    bpmnlint: bpmnlintRules,
    'bpmnlint-plugin-camunda-compat': camundaRules,
    'bpmnlint-plugin-liandong': Object.fromEntries(own),
  };
  const config: LintConfig = {
    rules: {
      ...bpmnlintConfig,
      ...camundaConfig,
      ...Object.fromEntries(projectRules.map(({ name, category }) => [`liandong/${name}`, category])),
    },
  };
  const resolver: LintResolver = {
    resolveRule(pkg, name) {
      const rule = packages[pkg]?.[name];
      if (!rule) throw new Error(`The lint rule ${pkg}/${name} is not there.`);
      return rule;
    },
    resolveConfig: (pkg, name) => {
      throw new Error(`The lint configuration ${pkg}/${name} is not there.`);
    },
  };
  return { config, resolver };
}

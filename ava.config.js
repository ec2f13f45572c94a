export default {
  files: ['**/*.test.ts', '!node_modules', '!data', '!dist'],
  extensions: { ts: 'module' },
  require: ['./tests/register.js'],
  timeout: '120s',
  concurrency: 2,
  // Requests are not strict: strict ones are sent as parsed, with defaults filled in (a change of the due date would set
  // the priority to 50), and a cleared due date ("") is refused. The engine checks them against Camunda's schemas anyway.
  environmentVariables: { CAMUNDA_SDK_VALIDATION: 'req:warn,res:strict', TZ: 'UTC' },
};

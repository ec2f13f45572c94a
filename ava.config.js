export default {
  files: ['**/*.test.ts', '!node_modules', '!data', '!dist'],
  extensions: { ts: 'module' },
  require: ['./tests/register.js'],
  timeout: '120s',
  concurrency: 2,
  environmentVariables: { CAMUNDA_SDK_VALIDATION: 'strict', TZ: 'UTC' },
};

/** The version of Camunda whose behavior and API the engine follows. */
export const camundaVersion = '8.9.0';

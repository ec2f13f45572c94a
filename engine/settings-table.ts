import { defaultSettings, type EngineSettings } from './settings.ts';

type SettingName = keyof EngineSettings;

/** One line of the README's table. */
export interface SettingEntry {
  name: SettingName;
  /** `--max-open-polls 100` */
  argument: string;
  /** `ENGINE_MAX_OPEN_POLLS=100`; an argument goes before it. */
  variable: string;
  defaultValue: number;
}

const words = (name: string) => name.split(/(?=[A-Z])/).map((word) => word.toLowerCase());

export const settingEntries: readonly SettingEntry[] = (Object.keys(defaultSettings) as SettingName[]).map((name) => ({
  name,
  argument: words(name).join('-'),
  variable: `ENGINE_${words(name).join('_').toUpperCase()}`,
  defaultValue: defaultSettings[name],
}));

/**
 * Settings that were given, by argument name (`max-open-polls`) or in the environment.
 * @throws Error with one sentence when one is not a whole number above zero
 */
export function readSettings(
  args: Record<string, unknown>,
  environment: NodeJS.ProcessEnv = process.env,
): Partial<EngineSettings> {
  const settings: Partial<EngineSettings> = {};
  for (const { name, argument, variable } of settingEntries) {
    const given = args[argument] ?? environment[variable];
    if (given === undefined || given === '') continue;
    const value = Number(given);
    const isOff = value === 0 && defaultSettings[name] === 0;
    if (!Number.isSafeInteger(value) || (value < 1 && !isOff)) {
      const where = args[argument] === undefined ? variable : `--${argument}`;
      throw new Error(`${where} must be a whole number above zero, not ${String(given)}.`);
    }
    settings[name] = value;
  }
  return settings;
}

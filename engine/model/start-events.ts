import type { ExecutableElement } from './executable-process.ts';

export const isNoneStart = (element: Pick<ExecutableElement, 'event'>): boolean => element.event?.kind === 'none';

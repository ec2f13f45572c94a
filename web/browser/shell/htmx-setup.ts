import htmx from 'htmx.org';
import { csrfToken } from './csrf.ts';
import { showProblem } from './toasts.ts';

document.addEventListener('htmx:configRequest', (event) => {
  const { detail } = event as CustomEvent<{ headers: Record<string, string> }>;
  detail.headers['x-csrf-token'] = csrfToken();
});
document.addEventListener('htmx:responseError', (event) => {
  const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
  void showProblem(xhr.status, xhr.responseText);
});
document.addEventListener('htmx:sendError', () => void showProblem(0, null));

export { htmx };

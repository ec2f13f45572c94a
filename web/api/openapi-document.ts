import { OpenApiGeneratorV31, OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z, type ApiRoute } from './api-route.ts';

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  problems: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })).optional(),
  instance: z.string(),
});

/** OpenAPI 3.1 from the very schemas that check the requests. */
export function openapiDocument(routes: readonly ApiRoute[]): object {
  const registry = new OpenAPIRegistry();
  const bearer = registry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  const Problem = registry.register('Problem', problem);
  const refusal = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: Problem } },
  });
  for (const route of routes) {
    registry.registerPath({
      method: route.method,
      path: `/api${route.path}`,
      operationId: route.operationId,
      summary: route.summary,
      tags: [route.tag],
      security: [{ [bearer.name]: [] }],
      request: {
        params: route.params as never,
        query: route.query as never,
        body: route.body ? { required: true, content: { 'application/json': { schema: route.body } } } : undefined,
      },
      responses: {
        [route.status ?? 200]: { description: 'Done', content: { 'application/json': { schema: route.response } } },
        400: refusal('What was sent breaks a rule; `problems` names every field'),
        401: refusal('No valid token'),
        403: refusal('Not allowed for this account'),
        404: refusal('Not there, or not for this account to know of'),
        409: refusal('Somebody else was first'),
        429: refusal('Too many requests'),
      },
    });
  }
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: '联动 Liandong API',
      version: '1.0.0',
      description:
        'Tickets, tasks, deadlines and processes of a city hotline. Tokens: `npm run token -- ACCOUNT`, or the account page. Instants are ISO 8601 with an offset; errors are RFC 9457 problem details.',
    },
  });
}

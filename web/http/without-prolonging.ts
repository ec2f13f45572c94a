import type { RequestHandler } from 'express';

/** What a page asks for by itself is no sign of life: the session ends as if nobody had asked. */
export const withoutProlonging: RequestHandler = (req, _res, next) => {
  req.session.touch = () => req.session;
  next();
};
